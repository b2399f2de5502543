import { Converter, ReflectionKind } from 'typedoc';
import { entryPoints, publicPackages } from '../../../tools/workspaces.mjs';

/**
 * TypeDoc plugin: modules are called by the name under which they are imported, not by their path, and a parameter
 * that is taken apart is called `options`, as `@param options.name` calls it.
 * @param {import('typedoc').Application} app
 */
export function load(app) {
  const entries = publicPackages().flatMap(entryPoints);
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (!reflection.kindOf(ReflectionKind.Module)) return;
    const file = context.project.getSymbolIdFromReflection(reflection)?.fileName ?? '';
    const found = entries.find((entry) => entry.source === file.replaceAll('\\', '/'));
    if (found) reflection.name = found.name;
  });
  app.converter.on(Converter.EVENT_CREATE_PARAMETER, (_, reflection) => {
    if (reflection.name === '__namedParameters') reflection.name = 'options';
  });
}
