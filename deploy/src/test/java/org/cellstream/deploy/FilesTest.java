package org.cellstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every file of a container deployment. */
class FilesTest {

    static Stream<Path> files() throws IOException {
        return Stream.concat(
                Project.filesBelow("docker").stream(), Project.filesBelow("kubernetes").stream());
    }

    @ParameterizedTest
    @MethodSource("files")
    void firstLineSaysWhatItShows(Path file) throws Exception {
        assertThat(Files.readAllLines(file).get(0)).startsWith("# Shows ");
    }

    @ParameterizedTest
    @MethodSource("files")
    void readmeHasARowForIt(Path file) throws Exception {
        String readme = Files.readString(Project.DEPLOY.resolve("README.md"));
        String row = "| `%s` | ".formatted(Project.DEPLOY.relativize(file));

        assertThat(readme).containsOnlyOnce(row);
    }
}
