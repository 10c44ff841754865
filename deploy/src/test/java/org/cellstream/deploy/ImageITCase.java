package org.cellstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.cellstream.jobs.ForecastJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the image is built of, after the build. */
class ImageITCase {

    private final Dockerfile image = Dockerfile.read(Project.DOCKER.resolve("Dockerfile"));

    ImageITCase() throws IOException {}

    @Test
    void everySourceIsThere() throws Exception {
        for (String source : image.sources().toList()) {
            assertThat(matching(source)).as(source).isNotEmpty();
        }
    }

    @Test
    void jobsJarStartsTheJobAndHasItsClass() throws Exception {
        try (JarFile jar = new JarFile(matching("target/cellstream-job.jar").get(0).toFile())) {
            String main =
                    jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);

            assertThat(main).isEqualTo(ForecastJob.class.getName());
            assertThat(jar.getEntry(main.replace('.', '/') + ".class")).isNotNull();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere it comes with that of the machine
    void nd4jComesWithTheNativeCodeOfAContainer() throws Exception {
        String version = Project.pom("nd4j.version");

        assertThat(matching("target/nd4j/*.jar"))
                .extracting(p -> p.getFileName().toString())
                .contains("nd4j-api-" + version + ".jar")
                .anyMatch(name -> name.matches("nd4j-native-" + version + "-linux-.+\\.jar"))
                .anyMatch(name -> name.matches("openblas-.+-linux-.+\\.jar"));
    }

    private static List<Path> matching(String source) throws IOException {
        Path pattern = Project.DEPLOY.resolve(source);
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(pattern.getParent(), pattern.getFileName().toString())) {
            files.forEach(found::add);
        }
        return found;
    }
}
