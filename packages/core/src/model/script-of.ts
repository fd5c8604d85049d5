import { shells } from "./program-kinds.js";
import { fileName } from "./program-name.js";

/** What an interpreter runs. */
export interface Script {
  /** File name, module or main class, as it is written. */
  name: string;
  /** What follows it. */
  args: string[];
}

interface Interpreter {
  /** Options whose value is the next argument. */
  takesValue?: RegExp;
  /** The next argument is what is run. */
  names?: RegExp;
  /** What is run stands in the arguments. */
  inline?: RegExp;
}

/** As their manual pages write their options. */
const node: Interpreter = {
  takesValue: /^(?:-r|-C|--require|--import|--loader|--experimental-loader|--conditions)$/,
  inline: /^(?:-e|-p|-pe|--eval|--print)$/,
};
const python: Interpreter = {
  takesValue: /^-[WX]$/,
  names: /^-[a-zA-Z]{0,8}m$/,
  inline: /^-[a-zA-Z]{0,8}c$/,
};
const interpreters = new Map<string, Interpreter>([
  ["node", node],
  ["nodejs", node],
  ["python", python],
  ["pypy", python],
  ["ruby", { takesValue: /^-[CEIr]$/, inline: /^-e$/ }],
  ["perl", { takesValue: /^-I$/, inline: /^-[a-zA-Z]{0,8}[eE]$/ }],
  ["php", { takesValue: /^-[cdz]$/, names: /^-f$/, inline: /^-r$/ }],
  [
    "java",
    {
      takesValue:
        /^(?:-cp|-classpath|--class-path|-p|--module-path|--add-modules|--add-opens|--add-exports|--add-reads)$/,
      names: /^(?:-jar|-m|--module)$/,
    },
  ],
  ["mono", {}],
  ["bun", { inline: /^-e$/ }],
  ["deno", {}],
]);

const shell: Interpreter = {
  takesValue: /^(?:[-+][a-zA-Z]{0,8}[oO]|--rcfile)$/,
  inline: /^-[a-zA-Z]{0,8}c$/,
};

/** More options in front of a script are made to exhaust whoever reads them. */
const maxOptions = 64;

/** Whether a program runs what others wrote: an interpreter, or a shell. */
export function isInterpreter(program: string): boolean {
  return interpreters.has(program) || shells.has(program);
}

/** The script that an interpreter or a shell runs; `undefined` of other programs, and of code in the arguments. */
export function scriptOf(program: string, args: readonly string[]): Script | undefined {
  const interpreter = interpreters.get(program) ?? (shells.has(program) ? shell : undefined);
  if (interpreter === undefined) return undefined;
  const { takesValue, names, inline } = interpreter;
  for (let at = 1; at < Math.min(args.length, maxOptions); at++) {
    const arg = args[at] ?? "";
    if (inline?.test(arg)) return undefined;
    if (names?.test(arg)) return script(args, at + 1);
    if (takesValue?.test(arg)) at += 1;
    else if (!/^[-+]./.test(arg)) return script(args, at);
  }
  return undefined;
}

function script(args: readonly string[], at: number): Script | undefined {
  const path = args[at];
  if (path === undefined) return undefined;
  // `python /usr/lib/python3/dist-packages/pip/__main__.py`
  const name = fileName(path.slice(-4096).replace(/\/__main__\.py$/, ""));
  return { name, args: args.slice(at + 1, at + 1 + maxOptions) };
}
