package org.cellstream.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

    private static final Map<String, String> REPLAY = Map.of("columns", "a=b|log", "target", "a");

    @TempDir private Path folder;

    @Test
    void deletesATemporaryFolder() throws IOException {
        Path kafka;
        try (WorkFolder work = WorkFolder.open(null, REPLAY)) {
            kafka = work.kafka();
            Files.createDirectories(kafka);
        }

        assertThat(kafka.getParent()).doesNotExist();
    }

    @Test
    void keepsWhatAnInterruptedReplayNeedsToGoOn() throws IOException {
        try (WorkFolder work = WorkFolder.open(folder, REPLAY)) {
            Files.createDirectories(work.kafka());
            checkpoint(work, "a", 9);
            checkpoint(work, "b", 10);
            work.markSent();
        }

        try (WorkFolder work = WorkFolder.open(folder, REPLAY)) {
            assertThat(work.isSent()).isTrue();
            assertThat(work.isDone()).isFalse();
            assertThat(work.kafka()).exists();
            assertThat(work.newestCheckpoint())
                    .hasValueSatisfying(c -> assertThat(c).endsWithRaw(Path.of("b/chk-10")));
        }
    }

    @Test
    void startsOverWhereRowsAreMissingInKafka() throws IOException {
        try (WorkFolder work = WorkFolder.open(folder, REPLAY)) {
            Files.createDirectories(work.kafka());
        }

        try (WorkFolder work = WorkFolder.open(folder, REPLAY)) {
            assertThat(work.isSent()).isFalse();
            assertThat(work.kafka()).doesNotExist();
        }
    }

    @Test
    void startsOverWhereThereIsNoWholeCheckpoint() throws IOException {
        try (WorkFolder work = WorkFolder.open(folder, REPLAY)) {
            Files.createDirectories(work.kafka());
            Files.createDirectories(work.checkpoints().resolve("a/chk-1"));
            work.markSent();
        }

        try (WorkFolder work = WorkFolder.open(folder, REPLAY)) {
            assertThat(work.isSent()).isFalse();
            assertThat(work.kafka()).doesNotExist();
        }
    }

    @Test
    void refusesAnotherReplay() throws IOException {
        WorkFolder.open(folder, REPLAY).close();

        assertThatThrownBy(
                        () -> WorkFolder.open(folder, Map.of("columns", "a=b|log", "target", "c")))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(
                        folder
                                + " belongs to a replay with target \"a\", not \"c\"; need the same"
                                + " input and arguments, or another folder");
    }

    @Test
    void refusesAFolderInUse() throws IOException {
        try (WorkFolder first = WorkFolder.open(folder, REPLAY)) {
            assertThat(first.isDone()).isFalse();

            assertThatThrownBy(() -> WorkFolder.open(folder, REPLAY))
                    .isInstanceOf(WrongInputException.class)
                    .hasMessageContaining("is in use by another replay");
        }
    }

    @Test
    void refusesAFolderWithSomethingElse() throws IOException {
        Files.writeString(folder.resolve("thesis.tex"), "");

        assertThatThrownBy(() -> WorkFolder.open(folder, REPLAY))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("holds something that is no replay");
        assertThat(folder.resolve("thesis.tex")).exists();
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> WorkFolder.open(file, REPLAY))
                .isInstanceOf(WrongInputException.class)
                .hasMessageEndingWith("file is a file; need a folder");
    }

    private static void checkpoint(WorkFolder work, String job, int number) throws IOException {
        Path checkpoint = work.checkpoints().resolve(job).resolve("chk-" + number);
        Files.createDirectories(checkpoint);
        Files.writeString(checkpoint.resolve("_metadata"), "");
    }
}
