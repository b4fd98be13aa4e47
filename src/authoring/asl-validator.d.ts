/** Types for the part of the package that is used here; the package has none. */
declare module 'asl-validator' {
  interface StateMachineError {
    /** E.g. `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET`. */
    readonly 'Error code': string;
    readonly Message: string;
    /** JSON pointer to what breaks the schema. */
    readonly schemaError?: { readonly instancePath: string };
  }
  /** Adds `QueryLanguage` to the definition it is given. */
  export default function validate(
    definition: object,
    options?: { readonly checkPaths: boolean; readonly checkArn: boolean },
  ): { readonly isValid: boolean; readonly errors: readonly StateMachineError[]; readonly errorsText: () => string };
}
