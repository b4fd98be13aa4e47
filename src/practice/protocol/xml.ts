import { XmlCodec } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticStructureSchema } from '@smithy/types';

/** Writes what is of a schema as the SDK's own XML protocols do: dates are ISO 8601 unless a member says otherwise. */
export function xmlWriter(xmlNamespace: string, httpBindings: boolean) {
  const timestampFormat = { useTrait: true, default: 5 } as const;
  const codec = new XmlCodec({ timestampFormat, httpBindings, xmlNamespace, serviceNamespace: xmlNamespace });
  return (schema: NormalizedSchema | StaticStructureSchema, value: object): string => {
    const serializer = codec.createSerializer();
    serializer.write(NormalizedSchema.of(schema), value);
    return String(serializer.flush());
  };
}
