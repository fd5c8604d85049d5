import { names, under } from "../names.js";
import type { BuildServiceGroup } from "./build-service-group.js";

/** Registries and release hosts of JavaScript, Python, Ruby, PHP, Perl, R, Lua and Julia. */
export const scriptLanguages: readonly BuildServiceGroup[] = [
  {
    name: "npm registry",
    source: "npm Docs, Registry; GitHub Docs, Copilot allowlist reference",
    domains: ["npmjs.org", "npmjs.com", "npms.io"],
  },
  {
    name: "Yarn",
    source: "Yarn documentation; GitHub Docs, Copilot allowlist reference",
    domains: ["yarnpkg.com", "yarn.pm"],
  },
  {
    name: "Node.js releases",
    source: "Node.js documentation, Downloads; NodeSource distributions",
    domains: ["nodejs.org", "nodesource.com", "iojs.org"],
    hosts: ["node-gyp.s3.amazonaws.com"],
  },
  {
    name: "JavaScript tools",
    source: "Documentation of pnpm, Bun, Deno, JSR, Bower, Volta, fnm, Electron, Prisma",
    domains: names(`
      pnpm.io bun.sh bun.com bower.io volta.sh jsr.io deno.com prisma.sh electronjs.org
      electron.build npmmirror.com npm.taobao.org vite.dev turbo.build turborepo.com vercel.com
      nextjs.org angular.io angular.dev reactjs.org react.dev vuejs.org svelte.dev chromatic.com
      nx.app nx.dev babeljs.io eslint.org stylelint.io prettier.io rollupjs.org mochajs.org
      jestjs.io socket.dev cypress.io cypress.com expo.dev expo.io reactnative.dev ionic.io
      nativescript.org meteor.com
    `),
    hosts: names(`
      deno.land esbuild.github.io webpack.js.org lerna.js.org babeljs.io googleapis.deno.dev
      fresh.deno.dev googlechromelabs.github.io
    `),
  },
  {
    name: "JavaScript CDN",
    source: "Documentation of cdnjs, jsDelivr, UNPKG, esm.sh, jQuery CDN; gh-aw, ecosystem domains",
    domains: names(`
      jsdelivr.net jsdelivr.com unpkg.com esm.sh skypack.dev jspm.io jspm.dev cdnjs.com jquery.com
      bootstrapcdn.com fontawesome.com typekit.net polyfill-fastly.io
    `),
    hosts: ["cdnjs.cloudflare.com", "cdn.sheetjs.com", "ajax.googleapis.com", "ajax.aspnetcdn.com"],
  },
  {
    name: "Python Package Index",
    source: "PyPI documentation; pip documentation; GitHub Docs, Copilot allowlist reference",
    domains: [...under("org", "pypi pythonhosted python piwheels"), "pypa.io"],
  },
  {
    name: "Python tools",
    source:
      "Documentation of uv, Ruff, Poetry, PDM, pyenv, PyPy, PyTorch, TensorFlow, NumPy, NLTK, spaCy",
    domains: names(`
      astral.sh python-poetry.org pdm-project.org pyenv.run pypy.org pytorch.org tensorflow.org
      numpy.org scipy.org nltk.org spacy.io explosion.ai readthedocs.org readthedocs.com
      sphinx-doc.org pydantic.dev jupyter.org mybinder.org scikit-learn.org pyodide.org
      pypistats.org libraries.io
    `),
  },
  {
    name: "Conda",
    source: "Anaconda documentation, Allowlist; conda-forge, Mamba and pixi documentation",
    domains: names(`
      anaconda.org anaconda.com conda.io continuum.io binstar.org conda-forge.org prefix.dev pixi.sh
    `),
  },
  {
    name: "RubyGems",
    source: "RubyGems guides; Bundler documentation; GitHub Docs, Copilot allowlist reference",
    domains: names(`
      rubygems.org ruby-lang.org rubyonrails.org rubyforge.org rvm.io bundler.io rubyinstaller.org
      jruby.org rubydoc.info
    `),
    hosts: ["rubygems.global.ssl.fastly.net"],
  },
  {
    name: "Packagist",
    source: "Composer documentation; Packagist; GitHub Docs, Copilot allowlist reference",
    domains: names(`
      packagist.org packagist.com getcomposer.org php.net phar.io phpunit.de symfony.com laravel.com
      wordpress.org wpackagist.org drupal.org magento.com phpstan.org
    `),
  },
  {
    name: "CPAN",
    source: "CPAN and MetaCPAN documentation; GitHub Docs, Copilot allowlist reference",
    domains: [
      "cpan.org",
      "metacpan.org",
      "perl.org",
      "perlbrew.pl",
      "cpanmin.us",
      "cpantesters.org",
    ],
  },
  {
    name: "CRAN",
    source: "CRAN mirrors; Posit documentation; Bioconductor; R-universe",
    domains: names(`
      r-project.org rstudio.com rstudio.org posit.co bioconductor.org r-hub.io
    `),
    hosts: ["packagemanager.posit.co", "packagemanager.rstudio.com"],
  },
  {
    name: "LuaRocks",
    source: "LuaRocks documentation; Lua; gh-aw, ecosystem domains",
    domains: ["luarocks.org", "lua.org", "luajit.org"],
  },
  {
    name: "Julia packages",
    source: "Julia documentation, Pkg; gh-aw, ecosystem domains",
    domains: ["julialang.org", "julialang.net", "juliahub.com"],
  },
];
