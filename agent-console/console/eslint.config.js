import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const everywhere = [
  { group: ['@/app/*'], message: 'Only app/ and main.tsx put the parts together.' },
  { group: ['@/features/*'], message: 'A feature never imports a feature; app/ puts them together.' },
]
const noDefault = { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } }

// A default export is what ESLint asks of its configuration; the source has none.
export default tseslint.config(
  { ignores: ['**/*.gen.ts', 'dist', 'dev', 'public'] },
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-exports': ['error', noDefault],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'api.ts is the only place that talks HTTP.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='style']", message: 'Looks stand in a stylesheet.' },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'HTML is shown in a sandbox.',
        },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },
  // A virtual list puts its rows where they were measured.
  { files: ['src/features/*/{Ticket,Customer}List.tsx', 'src/ui/Roving.tsx'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/api.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['src/{commands,live,server,timeline,ui,workbench}/**/*.{ts,tsx}', 'src/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: everywhere }] },
  },
  {
    files: ['src/features/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [...everywhere, { group: ['../*'], message: 'A feature is one folder.' }] },
      ],
    },
  },
)
