package org.cellstream.jobs.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cellstream.jobs.replay.WrongInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of sequences, shortened: networks that have learned little. */
class SequenceExamplesITCase {

    @TempDir private Path folder;

    @Test
    void onlyANetworkThatReadsBothWaysKnowsTheFirstOfReversedDigits() throws Exception {
        List<List<String>> rows = rows("reverse", null);

        assertThat(rows).hasSize(3);
        assertThat(percent(rows.get(0).get(1))).isLessThan(25);
        assertThat(percent(rows.get(1).get(1))).isLessThan(25);
        assertThat(percent(rows.get(2).get(1))).isGreaterThan(40);
        assertThat(percent(rows.get(2).get(6))).isGreaterThan(percent(rows.get(1).get(6)));
    }

    @Test
    void everyFormOfTheAlphabetIsLearned() throws Exception {
        List<List<String>> rows = rows("alphabet", null);

        assertThat(rows)
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.get(row.size() - 1)).isEqualTo("25 of 25"));
    }

    @Test
    void textIsLearnedAndWrittenOn() throws Exception {
        List<List<String>> rows = rows("text", null);

        assertThat(percent(rows.get(1).get(1)))
                .isGreaterThan(percent(rows.get(0).get(1)))
                .isGreaterThan(20);
        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).hasSize(201));
    }

    @Test
    void textMayComeFromAFile() throws Exception {
        Path file = folder.resolve("text.txt");
        Files.writeString(file, "ab".repeat(300), StandardCharsets.UTF_8);

        List<List<String>> rows = rows("text", file);

        assertThat(percent(rows.get(1).get(1))).isGreaterThan(95);
    }

    @Test
    void fileThatIsNoTextIsTold() throws Exception {
        Path file = folder.resolve("text.bin");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Path none = folder.resolve("none");

        assertThatThrownBy(() -> rows("text", file))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("is no text in UTF-8");
        assertThatThrownBy(() -> rows("text", none))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("is no file");
    }

    @Test
    void stocksShareANetworkThatBeatsTheLastClose() throws Exception {
        List<List<String>> rows = rows("stocks", null);

        assertThat(rows)
                .hasSize(2)
                .allSatisfy(row -> assertThat(percent(row.get(3))).isGreaterThan(0));
    }

    private List<List<String>> rows(String name, Path csv) throws Exception {
        ExampleResult result = Example.of(name).run(new ExampleSettings(true, csv));
        Path picture = folder.resolve(name + ".png");
        result.picture().write(picture);
        assertThat(picture).isNotEmptyFile();
        return result.table().rows();
    }

    private static double percent(String cell) {
        return Double.parseDouble(cell.replace("%", ""));
    }
}
