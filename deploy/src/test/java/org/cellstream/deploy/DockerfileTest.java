package org.cellstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTest {

    private final Dockerfile image = Dockerfile.read(Project.DOCKER.resolve("Dockerfile"));

    DockerfileTest() throws IOException {}

    @Test
    void readsCommentsAndLinesThatGoOn() {
        Dockerfile read =
                Dockerfile.parse("# shows\nfrom a:1\n\nCOPY --link b \\\n  # why\n  c d/\n");

        assertThat(read.all("FROM")).containsExactly("a:1");
        assertThat(read.copies())
                .containsExactly(new Dockerfile.Copy(List.of("--link"), List.of("b", "c"), "d/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FORM a:1", "FROM", "RUN <<E", "RUN a \\", "# syntax=docker/dockerfile:1"})
    void refusesWhatIsNoInstruction(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Dockerfile.parse(text));
    }

    @Test
    void startsFromTheProjectsFlinkOnTheProjectsJava() throws Exception {
        String expected =
                "flink:%s-java%s"
                        .formatted(
                                Project.pom("flink.version"),
                                Project.pom("maven.compiler.release"));

        assertThat(image.all("FROM")).containsExactly(expected);
        assertThat(image.instructions().get(0).name()).isEqualTo("FROM");
    }

    @Test
    void givesEveryFileToFlinksUser() {
        assertThat(image.copies())
                .allSatisfy(c -> assertThat(c.options()).containsExactly("--chown=flink:flink"))
                .allSatisfy(c -> assertThat(c.target()).startsWith("/opt/flink/").endsWith("/"));
        assertThat(image.all("USER")).isEmpty();
    }

    @Test
    void copiesOnlyWhatIsBuiltOrInTheSourceTree() {
        assertThat(image.sources())
                .allSatisfy(
                        source ->
                                assertThat(
                                                source.startsWith("target/")
                                                        || Project.DEPLOY
                                                                .resolve(source)
                                                                .toFile()
                                                                .isFile())
                                        .as(source)
                                        .isTrue());
    }

    @Test
    void hasTheJobWhereOnlyItsOwnClassLoaderSeesItAndNativeCodeWhereFlinksDoes() {
        assertThat(image.targetOf("target/cellstream-job.jar"))
                .isEqualTo("/opt/flink/usrlib/cellstream-job.jar");
        assertThat(image.targetOf("target/nd4j/*.jar")).isEqualTo("/opt/flink/lib/*.jar");
        assertThat(image.targetOf("docker/config.yaml")).isEqualTo("/opt/flink/conf/config.yaml");
    }

    @Test
    void runsOneThreadOfOpenMp() {
        assertThat(image.all("ENV")).containsExactly("OMP_NUM_THREADS=1");
    }

    @Test
    void makesTheFolderThatVolumesTakeTheOwnerOf() {
        assertThat(image.all("RUN")).containsExactly("mkdir " + FlinkOptions.STATE);
    }
}
