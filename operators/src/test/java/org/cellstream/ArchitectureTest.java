package org.cellstream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.NullMarked;

/** Holds what may import what. A package that does not exist yet passes. */
@AnalyzeClasses(packages = "org.cellstream", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.cellstream";

    /**
     * Each package with those of ours that it may import; the facade in the root may import all.
     */
    private static final Map<String, Set<String>> MAY_IMPORT =
            Map.ofEntries(
                    entry("event", Set.of()),
                    entry("config", Set.of()),
                    entry("nn", Set.of()),
                    entry("loss", Set.of("config")),
                    entry("features", Set.of("config")),
                    entry("experts", Set.of("config")),
                    entry("learn", Set.of("nn", "loss", "config")),
                    entry("model", Set.of("nn")),
                    entry("state", Set.of("nn", "features", "experts", "event", "config")),
                    entry(
                            "inference",
                            Set.of(
                                    "state",
                                    "nn",
                                    "loss",
                                    "features",
                                    "experts",
                                    "event",
                                    "config")),
                    entry(
                            "training",
                            Set.of("learn", "loss", "state", "nn", "features", "event", "config")),
                    entry("savepoint", Set.of("state", "training", "nn", "event")));

    @ArchTest
    static void importsRunOneWay(JavaClasses classes) {
        MAY_IMPORT.forEach(
                (name, allowed) ->
                        classes()
                                .that()
                                .resideInAPackage(subpackages(name))
                                .should(onlyDependOnClassesThat(foreignOrIn(name, allowed)))
                                .as(name + " imports of ours only " + allowed)
                                .allowEmptyShould(true)
                                .check(classes));
    }

    @ArchTest
    static void everyPackageHasItsRule(JavaClasses classes) {
        Set<String> names =
                classes.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(ROOT))
                        .map(ArchitectureTest::firstBelowRoot)
                        .collect(Collectors.toSet());

        assertThat(MAY_IMPORT.keySet()).containsAll(names);
    }

    @ArchTest
    static final ArchRule nd4jAppearsInLearnOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(subpackages("learn"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule arithmeticKnowsNoFlink =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            subpackages("nn"),
                            subpackages("loss"),
                            subpackages("learn"),
                            subpackages("features"),
                            subpackages("model"),
                            subpackages("experts"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.flink..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule kafkaAppearsNowhere =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "kafka..", "org.apache.kafka..", "org.apache.flink.connector.kafka..");

    @ArchTest
    static final ArchRule publicClassesOutsideTheApiSayInternal =
            classes()
                    .that()
                    .resideInAnyPackage(
                            subpackages("state"),
                            subpackages("inference"),
                            subpackages("training"),
                            subpackages("savepoint"))
                    .and()
                    .areTopLevelClasses()
                    .and()
                    .haveModifier(JavaModifier.PUBLIC)
                    .should()
                    .beAnnotatedWith(Internal.class)
                    .allowEmptyShould(true);

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        Stream<JavaPackage> ours = classes.stream().map(JavaClass::getPackage).distinct();

        assertThat(ours)
                .allSatisfy(
                        one ->
                                assertThat(one.isAnnotatedWith(NullMarked.class))
                                        .as(one.getName())
                                        .isTrue());
    }

    private static String firstBelowRoot(String name) {
        int start = ROOT.length() + 1;
        int end = name.indexOf('.', start);
        return name.substring(start, end < 0 ? name.length() : end);
    }

    private static String subpackages(String name) {
        return ROOT + "." + name + "..";
    }

    private static DescribedPredicate<JavaClass> foreignOrIn(String name, Set<String> allowed) {
        DescribedPredicate<JavaClass> fits =
                DescribedPredicate.not(resideInAPackage(ROOT + ".."))
                        .or(resideInAPackage(subpackages(name)));
        for (String other : allowed) {
            fits = fits.or(resideInAPackage(subpackages(other)));
        }
        return fits;
    }
}
