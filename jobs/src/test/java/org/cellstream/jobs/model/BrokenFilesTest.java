package org.cellstream.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the command line makes of files that are broken, in a JVM with a small heap that ends at the
 * first time it has too little of it.
 */
class BrokenFilesTest {

    private static final Path KERAS = Path.of("../../shared/data/keras");

    /** Far above what any of them takes; who waits that long thinks that it hangs. */
    private static final long MOST_MILLIS = 60_000;

    @TempDir private Path folder;
    private Path broken;
    private Path whole;

    @BeforeEach
    void makeFolders() throws IOException {
        broken = Files.createDirectory(folder.resolve("broken"));
        whole = Files.createDirectory(folder.resolve("whole"));
    }

    @Test
    void giveOneLineEachAndExitCode2() throws Exception {
        new BrokenFiles(broken, whole).write();

        List<String> lines = describe();

        assertThat(lines).hasSize(3 * (BrokenFiles.MUTATIONS + 41) + 27);
        checkEach(lines);
    }

    /** Files of Keras itself have no checksums, so that mutations reach further. */
    @Test
    void giveOneLineEachIfKerasWroteThemToo() throws Exception {
        assumeTrue(Files.isDirectory(KERAS), () -> "there is no " + KERAS);
        try (Stream<Path> all = Files.list(KERAS)) {
            for (Path file : all.filter(f -> !f.toString().endsWith(".json")).toList()) {
                BrokenFiles files = new BrokenFiles(broken, whole);
                files.damage(file);
                if (file.toString().endsWith(".h5")) {
                    files.tie(file);
                }
            }
        }

        checkEach(describe());
    }

    private void checkEach(List<String> lines) {
        for (String line : lines) {
            String[] cells = line.split("\t", -1);
            assertThat(cells).as(line).hasSize(4);
            if (!cells[0].startsWith(BrokenFiles.MUTATED) || !cells[1].equals("0")) {
                assertThat(cells[1]).as(line).isEqualTo("2");
                assertThat(cells[3])
                        .startsWith("cellstream: " + broken.resolve(cells[0]) + ": ")
                        .endsWith("|")
                        .containsOnlyOnce("|");
            }
            assertThat(Long.parseLong(cells[2])).as(line).isLessThan(MOST_MILLIS);
        }
    }

    private List<String> describe() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DescribesFiles.class.getName(),
                                broken.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
