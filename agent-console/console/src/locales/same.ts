/** The keys of the English catalogue; a plural has only `_other` where the language knows no other form. */
export type Same<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Same<T[K]>
}
