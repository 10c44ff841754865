package org.cellstream.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.cellstream.experts.ExpertMemory;
import org.cellstream.experts.Experts;
import org.cellstream.experts.Spoken;
import org.cellstream.features.Columns;
import org.cellstream.features.KeyedColumns;
import org.cellstream.nn.Activation;
import org.cellstream.nn.ActivationFunction;
import org.cellstream.nn.Bidirectional;
import org.cellstream.nn.CellFunctions;
import org.cellstream.nn.Dense;
import org.cellstream.nn.Dropout;
import org.cellstream.nn.Embedding;
import org.cellstream.nn.Gru;
import org.cellstream.nn.Layer;
import org.cellstream.nn.LayerNorm;
import org.cellstream.nn.LayerVisitor;
import org.cellstream.nn.Lstm;
import org.cellstream.nn.Network;
import org.cellstream.nn.Parameter;
import org.cellstream.nn.Parameters;
import org.cellstream.nn.Skip;
import org.cellstream.nn.Weights;
import org.jspecify.annotations.NullMarked;

/** Holds what jobs may import: of the operators only their API, and Kafka in one package. */
@AnalyzeClasses(packages = "org.cellstream.jobs", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule jobsImportOnlyTheApi =
            classes()
                    .should()
                    .onlyDependOnClassesThat(
                            not(resideInAPackage("org.cellstream.."))
                                    .or(
                                            resideInAnyPackage(
                                                    "org.cellstream",
                                                    "org.cellstream.event..",
                                                    "org.cellstream.config..",
                                                    "org.cellstream.model..",
                                                    "org.cellstream.savepoint..",
                                                    "org.cellstream.jobs.."))
                                    .or(
                                            belongToAnyOf(
                                                    Columns.class,
                                                    KeyedColumns.class,
                                                    Network.class,
                                                    Parameters.class,
                                                    Parameter.class,
                                                    Weights.class))
                                    .or(
                                            // Intervals as a job makes them, around the last value.
                                            belongToAnyOf(
                                                    Experts.class,
                                                    ExpertMemory.class,
                                                    Spoken.class))
                                    .or(
                                            // What a layer is, for files that name it otherwise.
                                            belongToAnyOf(
                                                    Layer.class,
                                                    LayerVisitor.class,
                                                    Lstm.class,
                                                    Gru.class,
                                                    Bidirectional.class,
                                                    Dense.class,
                                                    Embedding.class,
                                                    LayerNorm.class,
                                                    Dropout.class,
                                                    Skip.class,
                                                    CellFunctions.class,
                                                    Activation.class,
                                                    ActivationFunction.class)))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule kafkaAppearsInItsPackageOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.cellstream.jobs.kafka..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "kafka..", "org.apache.kafka..", "org.apache.flink.connector.kafka..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nd4jAppearsNowhere =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule publicClassesSayInternal =
            classes()
                    .that()
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
}
