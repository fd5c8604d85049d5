import { names } from "../names.js";
import type { BuildServiceGroup } from "./build-service-group.js";

/** Registries and release hosts of the JVM, .NET, Rust, Go, C, Swift, Dart, Haskell and others. */
export const compiledLanguages: readonly BuildServiceGroup[] = [
  {
    name: "crates.io and Rust",
    source:
      "The Cargo Book, Registries; rustup documentation; GitHub Docs, Copilot allowlist reference",
    domains: names(`
      crates.io rust-lang.org rustup.rs docs.rs rustsec.org lib.rs rsproxy.cn
    `),
  },
  {
    name: "Go modules",
    source: "Go Modules Reference; GitHub Docs, Copilot allowlist reference",
    domains: names(`
      golang.org go.dev goproxy.io goproxy.cn gopkg.in golang.google.cn goreleaser.com
      golangci-lint.run godoc.org mvdan.cc honnef.co gonum.org modernc.org
    `),
    hosts: names(`
      cloud.google.com google.golang.org gocloud.dev go.opentelemetry.io go.uber.org go.etcd.io
      k8s.io
    `),
  },
  {
    name: "Maven Central",
    source:
      "Apache Maven documentation; Sonatype Central documentation; Copilot allowlist reference",
    domains: ["maven.org", "sonatype.com", "sonatype.org", "mvnrepository.com"],
    hosts: names(`
      maven-central.storage.googleapis.com maven-central.storage-download.googleapis.com
      maven-central-eu.storage-download.googleapis.com
      maven-central-asia.storage-download.googleapis.com
    `),
  },
  {
    name: "Apache Software Foundation",
    source: "Apache infrastructure documentation, Release distribution; gh-aw, ecosystem domains",
    domains: ["apache.org"],
  },
  {
    name: "Gradle",
    source: "Gradle User Manual; Develocity documentation; Copilot allowlist reference",
    domains: names(`
      gradle.org gradle.com gradle-dn.com gradle-enterprise.cloud
    `),
  },
  {
    name: "JDK releases",
    source:
      "Documentation of Adoptium, Foojay, Azul, Corretto, BellSoft, GraalVM, SDKMAN, Oracle, IBM, SapMachine",
    domains: names(`
      adoptium.net adoptopenjdk.net foojay.io azul.com bell-sw.com graalvm.org sdkman.io java.net
      java.com openjdk.org corretto.aws oracle.com jbang.dev sapmachine.io
    `),
    hosts: ["adoptopenjdk.jfrog.io"],
  },
  {
    name: "JVM libraries and tools",
    source:
      "Documentation of Spring, JetBrains, Kotlin, Scala, Clojure, Eclipse, JBoss, Jenkins, JitPack, Confluent, Google Maven",
    domains: names(`
      spring.io jetbrains.com jetbrains.team kotlinlang.org scala-lang.org scala-sbt.org
      lightbend.com typesafe.com akka.io clojars.org clojure.org leiningen.org eclipse.org jboss.org
      jboss.com grails.org groovy-lang.org micronaut.io quarkus.io redhat.com jenkins.io
      jenkins-ci.org jitpack.io confluent.io hibernate.org bintray.com typelevel.org get-coursier.io
      virtuslab.org scala-cli.org spockframework.org vaadin.com liquibase.com flywaydb.org jooq.org
      osgeo.org geotools.org shibboleth.net atlassian.com alfresco.com liferay.com papermc.io
      fabricmc.net minecraftforge.net neoforged.net spongepowered.org spigotmc.org
    `),
    hosts: names(`
      maven.google.com maven.pkg.jetbrains.space scala.jfrog.io scala-ci.typesafe.com androidx.dev
      groovy.jfrog.io
    `),
  },
  {
    name: "Android",
    source: "Android Developers documentation, SDK; Google Maven repository",
    domains: ["android.com", "androidx.dev", "googlesource.com"],
    hosts: ["dl.google.com", "dl-ssl.google.com", "android.googleapis.com"],
  },
  {
    name: "NuGet and .NET",
    source: "NuGet documentation; .NET documentation; GitHub Docs, Copilot allowlist reference",
    domains: names(`
      nuget.org dot.net asp.net powershellgallery.com chocolatey.org mono-project.com xamarin.com
      unity3d.com unity.com myget.org fsharp.org
    `),
    hosts: names(`
      dotnetcli.blob.core.windows.net dotnetcli.azureedge.net dotnetbuilds.azureedge.net
      dotnetbuilds.blob.core.windows.net nugetregistryv2prod.blob.core.windows.net
      pkgs.dev.azure.com nuget.pkg.github.com dotnetfeed.blob.core.windows.net
    `),
  },
  {
    name: "Swift and CocoaPods",
    source:
      "Swift.org documentation; CocoaPods guides; Apple documentation, Use Apple products on enterprise networks",
    domains: names(`
      swift.org cocoapods.org swiftpackageindex.com apple.com apple-cloudkit.com mzstatic.com
      icloud.com cdn-apple.com aaplimg.com xcodereleases.com fastlane.tools
    `),
  },
  {
    name: "Dart and Flutter",
    source: "Dart documentation, pub.dev; Flutter documentation; Copilot allowlist reference",
    domains: [
      "pub.dev",
      "dartlang.org",
      "dart.dev",
      "flutter.dev",
      "flutter.io",
      "flutter-io.cn",
      "shorebird.dev",
    ],
    hosts: ["flutter-infra-release.storage.googleapis.com"],
  },
  {
    name: "Hackage and Haskell",
    source: "Hackage, Stackage and GHCup documentation; Copilot allowlist reference",
    domains: ["haskell.org", "haskellstack.org", "stackage.org", "fpcomplete.com"],
  },
  {
    name: "Hex and the BEAM",
    source: "Hex specifications; Elixir and Erlang documentation; gh-aw, ecosystem domains",
    domains: [
      "hex.pm",
      "elixir-lang.org",
      "erlang.org",
      "erlang-solutions.com",
      "rebar3.org",
      "gleam.run",
      "phoenixframework.org",
    ],
  },
  {
    name: "OCaml, Lean, Zig, Nim, Crystal, D, Elm, Racket, Fortran, Ada",
    source: "Documentation of each language's package manager; gh-aw, ecosystem domains",
    hosts: ["leanprover.github.io", "deps.files.ghostty.org"],
    domains: names(`
      ocaml.org erratique.ch lean-lang.org ziglang.org machengine.org nim-lang.org nimble.directory
      crystal-lang.org dlang.org elm-lang.org racket-lang.org fortran-lang.org ada-lang.io
      adacore.com vlang.io odin-lang.org purescript.org coq.inria.fr roc-lang.org haxe.org pharo.org
      scheme.org sbcl.org quicklisp.org swi-prolog.org typst.app unison-lang.org idris-lang.org
    `),
  },
  {
    name: "C and C++ tools",
    source: "Documentation of Conan, vcpkg, CMake, LLVM, GNU, Boost, Meson, Bazel, Arm, Intel, Qt",
    hosts: ["musl.libc.org"],
    domains: names(`
      conan.io cmake.org kitware.com llvm.org gnu.org boost.org boost.io mesonbuild.com bazel.build
      buildbuddy.io engflow.com aspect.build qt.io qt-project.org intel.com arm.com nvidia.com
      amd.com radeon.com xilinx.com zephyrproject.org espressif.com platformio.org arduino.cc
      raspberrypi.org raspberrypi.com st.com emscripten.org webassembly.org wasmtime.dev wasmer.io
      ccache.dev xmake.io build2.org sourceware.org kernel.org musl.cc msys2.org mingw-w64.org
      cygwin.com nongnu.org gnupg.org openssl.org zlib.net sqlite.org curl.se libsdl.org
    `),
  },
  {
    name: "TeX",
    source: "CTAN; TeX Live documentation; gh-aw, ecosystem domains",
    domains: [
      "ctan.org",
      "tug.org",
      "latex-project.org",
      "miktex.org",
      "texlive.info",
      "yihui.org",
    ],
  },
];
