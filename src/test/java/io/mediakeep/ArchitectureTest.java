package io.mediakeep;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the dependencies of packages. Each row of the tables is a rule: extend one only for a reason. */
class ArchitectureTest {
    private static final String BASE = "io.mediakeep.";

    /** The packages that a package may use, besides itself. A package without a row (app) may use all. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("boot", List.of()),
            Map.entry("matrix", List.of()),
            Map.entry("concurrent", List.of()),
            Map.entry("storage", List.of("matrix")),
            Map.entry("persistence", List.of("storage")),
            Map.entry("limits", List.of("matrix")),
            Map.entry("outbound", List.of("matrix", "concurrent")),
            Map.entry("blob", List.of("matrix", "concurrent", "persistence", "storage")),
            Map.entry("auth", List.of("matrix", "concurrent", "outbound", "federation")),
            Map.entry("federation", List.of("matrix", "concurrent", "persistence", "outbound")),
            Map.entry(
                    "media", List.of("matrix", "concurrent", "persistence", "storage", "blob", "limits", "federation")),
            Map.entry("thumbnail", List.of("matrix", "concurrent", "persistence", "storage", "blob", "media")),
            Map.entry("preview", List.of("matrix", "concurrent", "persistence", "outbound", "media", "thumbnail")),
            Map.entry("jobs", List.of("matrix", "concurrent", "persistence", "storage")),
            Map.entry("migrate", List.of("matrix", "concurrent", "persistence", "storage", "jobs", "blob", "media")),
            Map.entry("integrity", List.of("matrix", "concurrent", "persistence", "storage", "jobs", "blob", "media")),
            Map.entry(
                    "admin",
                    List.of(
                            "matrix",
                            "concurrent",
                            "outbound",
                            "auth",
                            "persistence",
                            "storage",
                            "jobs",
                            "blob",
                            "media",
                            "thumbnail",
                            "preview")),
            Map.entry(
                    "maintenance",
                    List.of(
                            "concurrent",
                            "storage",
                            "blob",
                            "media",
                            "preview",
                            "integrity",
                            "jobs",
                            "migrate",
                            "admin")),
            Map.entry("health", List.of("persistence", "storage", "blob", "integrity", "maintenance")),
            Map.entry("container", List.of("matrix", "media", "api")),
            Map.entry("metrics", List.of("concurrent", "container")),
            Map.entry(
                    "api",
                    List.of(
                            "matrix",
                            "concurrent",
                            "storage",
                            "limits",
                            "auth",
                            "jobs",
                            "blob",
                            "media",
                            "thumbnail",
                            "preview",
                            "migrate",
                            "integrity",
                            "admin",
                            "health")));

    /** The packages within a package, from top to bottom: each may use those after it. */
    private static final Map<String, List<String>> LAYERS = Map.ofEntries(
            Map.entry("app", List.of("app.command", "app", "app.http", "app.log")),
            Map.entry("admin", List.of("admin", "admin.removal", "admin.search")),
            Map.entry(
                    "api",
                    List.of(
                            "api.client",
                            "api.synapse",
                            "api.admin",
                            "api.federation",
                            "api.filter",
                            "api.response",
                            "api")),
            Map.entry("container", List.of("container.grizzly", "container.servlet", "container")),
            Map.entry(
                    "thumbnail",
                    List.of(
                            "thumbnail",
                            "thumbnail.render",
                            "thumbnail.image.jpeg",
                            "thumbnail.image.png",
                            "thumbnail.image.gif",
                            "thumbnail.image.webp",
                            "thumbnail.image")),
            Map.entry(
                    "media",
                    List.of(
                            "media.download",
                            "media.upload",
                            "media.remote",
                            "media.content",
                            "media",
                            "media.usage",
                            "media.quarantine",
                            "media.blob")),
            Map.entry("migrate", List.of("migrate", "migrate.export", "migrate.archive", "migrate.source")),
            Map.entry("preview", List.of("preview", "preview.page", "preview.url")),
            Map.entry("blob", List.of("blob.cache", "blob.database", "blob.disk", "blob.s3", "blob")),
            Map.entry("persistence", List.of("persistence.shared", "persistence", "persistence.journal")),
            Map.entry(
                    "federation",
                    List.of("federation", "federation.keys", "federation.discovery", "federation.signing")),
            Map.entry("outbound", List.of("outbound.http", "outbound")));

    /** Packages with fewer types: the launcher may use nothing else. */
    private static final Set<String> SMALL = Set.of("boot", "media.remote");

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.mediakeep");

    @Test
    void aPackageUsesOnlyWhatItsRowNames() {
        MAY_USE.forEach((name, others) -> usesOnly(name, others).check(SERVER));
    }

    @Test
    void everyPackageHasARow() {
        assertThat(SERVER.stream().map(ArchitectureTest::topPackage).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(MAY_USE.keySet().stream(), Stream.of("app", "config"))
                                .toList());
    }

    @Test
    void aPackageUsesOnlyTheLayersBelowItWithinItsParent() {
        LAYERS.values().forEach(layers -> {
            for (int i = 1; i < layers.size(); i++) {
                noClasses()
                        .that()
                        .resideInAPackage(BASE + layers.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                layers.subList(0, i).stream().map(BASE::concat).toArray(String[]::new))
                        .check(SERVER);
            }
        });
    }

    @Test
    void everyNestedPackageHasALayer() {
        assertThat(LAYERS.values().stream().flatMap(List::stream))
                .containsAll(SERVER.stream()
                        .map(ArchitectureTest::packageName)
                        .filter(name -> name.contains("."))
                        .toList());
    }

    @Test
    void aPackageHasFourToTwentyTypes() {
        Map<String, Long> sizes = SERVER.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(ArchitectureTest::packageName, Collectors.counting()));
        sizes.keySet().removeAll(SMALL);
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isBetween(4L, 20L));
    }

    @Test
    void aPackageOfTestsHasAtMostTwentyFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                    .isNotEmpty()
                    .allSatisfy((directory, size) ->
                            assertThat(size).as(directory.toString()).isLessThanOrEqualTo(20));
        }
    }

    @Test
    void theConfigurationUsesOnlySettingsAndTheirValues() {
        classes()
                .that()
                .resideInAPackage(BASE + "config..")
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage("io.mediakeep.."))
                        .or(resideInAnyPackage(BASE + "config..", BASE + "matrix.."))
                        .or(namedLikeSettings()))
                .check(SERVER);
    }

    @Test
    void librariesAreUsedOnlyInTheirPackages() {
        only(List.of("jakarta.ws.rs..", "jakarta.servlet..", "org.glassfish.."), outside("api", "container", "app"));
        only(
                List.of("jakarta.persistence..", "org.hibernate.."),
                outside("persistence", "app")
                        .and(not(simpleNameEndingWith("Catalog")))
                        .and(not(DescribedPredicate.describe(
                                "an entity or its key", type -> type.getName().contains("Entity")))));
        only(List.of("org.jsoup.."), outside("preview"));
        only(List.of("java.net.http..", "org.apache.hc.."), outside("outbound"));
        only(List.of("org.flywaydb..", "org.h2..", "org.postgresql.."), outside("persistence"));
        only(List.of("com.zaxxer.."), outside("persistence", "migrate"));
        only(List.of("org.sqlite.."), outside("migrate"));
        only(
                List.of("javax.imageio..", "java.awt..", "com.twelvemonkeys..", "org.imgscalr..", "com.pngencoder.."),
                outside("thumbnail"));
        only(List.of("io.prometheus..", "com.sun.net.httpserver.."), outside("metrics"));
        only(List.of("io.smallrye.."), outside("config"));
        only(List.of("io.github.bucket4j.."), outside("limits"));
        only(List.of("software.amazon.."), outside("blob.s3"));
        only(List.of("org.xbill.."), outside("federation"));
        only(List.of("ch.qos.logback.."), outside("app"));
        only(List.of("picocli.."), outside("app"));
    }

    @Test
    void entitiesArePackagePrivate() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .should()
                .bePackagePrivate()
                .check(SERVER);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        fields().should().notBeAnnotatedWith("jakarta.inject.Inject").check(SERVER);
        fields().should().notBeAnnotatedWith("jakarta.ws.rs.core.Context").check(SERVER);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.mediakeep.(*)..").should().beFreeOfCycles().check(SERVER);
    }

    /** Checks a rule against a class that violates it. */
    @Test
    void aPlantedViolationIsDetected() {
        JavaClasses planted =
                new ClassFileImporter().importPaths(Path.of("target/test-classes/io/mediakeep/matrix/planted"));
        assertThat(planted).isNotEmpty();
        assertThatThrownBy(() -> usesOnly("matrix", List.of()).check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Planted");
    }

    private static ArchRule usesOnly(String name, List<String> others) {
        String[] allowed = Stream.concat(Stream.of(name), others.stream())
                .map(other -> BASE + other + "..")
                .toArray(String[]::new);
        GivenClassesConjunction ours = classes().that().resideInAPackage(BASE + name + "..");
        return ours.should()
                .onlyDependOnClassesThat(
                        not(resideInAnyPackage("io.mediakeep..")).or(resideInAnyPackage(allowed)));
    }

    private static void only(List<String> libraries, DescribedPredicate<JavaClass> others) {
        noClasses()
                .that(others)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries.toArray(String[]::new))
                .check(SERVER);
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        return not(resideInAnyPackage(
                Arrays.stream(packages).map(name -> BASE + name + "..").toArray(String[]::new)));
    }

    /** Settings records, their nested types, and the enum of rate limits. */
    private static DescribedPredicate<JavaClass> namedLikeSettings() {
        return DescribedPredicate.describe(
                "settings",
                type -> type.getName().contains("Settings")
                        || type.getSimpleName().equals("Limit")
                        || type.getSimpleName().equals("TrustedProxies"));
    }

    private static String topPackage(JavaClass type) {
        return packageName(type).split("\\.", 2)[0];
    }

    private static String packageName(JavaClass type) {
        return type.getPackageName().substring(BASE.length());
    }
}
