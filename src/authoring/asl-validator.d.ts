/** The part of the package that is used here; it ships no types of its own. */
declare module 'asl-validator' {
  interface StateMachineError {
    /** E.g. `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET`. */
    readonly 'Error code': string;
    readonly Message: string;
    /** Of what breaks the schema: the JSON pointer to it. */
    readonly schemaError?: { readonly instancePath: string };
  }
  /** Fills in `QueryLanguage` in the definition it is given. */
  export default function validate(
    definition: object,
    options?: { readonly checkPaths: boolean; readonly checkArn: boolean },
  ): { readonly isValid: boolean; readonly errors: readonly StateMachineError[]; readonly errorsText: () => string };
}
