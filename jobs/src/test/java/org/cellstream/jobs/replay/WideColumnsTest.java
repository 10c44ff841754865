package org.cellstream.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WideColumnsTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file =
                Files.writeString(
                        folder.resolve("wide.csv"),
                        "date,A,B,note\n2020,1,2,x\n2021,3,,y\n2022,5,6\n");
    }

    @Test
    void makesARowOfEachColumnThatIsAKey() throws IOException {
        CsvFile csv = CsvFile.open(file).wide(List.of("B", "A"));

        assertThat(csv.header()).containsExactly("date", "note", "key", "value");
        assertThat(rows(csv))
                .startsWith(
                        List.of("2020", "x", "B", "2"),
                        List.of("2020", "x", "A", "1"),
                        List.of("2021", "y", "B", ""),
                        List.of("2021", "y", "A", "3"));
    }

    @Test
    void keepsARaggedRowAsOneThatIsNoEvent() throws IOException {
        CsvFile csv = CsvFile.open(file).wide(List.of("A", "B"));

        List<List<String>> rows = rows(csv);

        assertThat(rows).hasSize(5);
        assertThat(rows.get(4)).startsWith("2022", "5", "6");
        assertThat(rows.get(4).size()).isNotEqualTo(csv.header().size());
    }

    @Test
    void makesARaggedRowNoEventThatHappensToHaveAsManyCells() throws IOException {
        Files.writeString(file, "date,A,B,C\n2020,1,2\n");

        CsvFile csv = CsvFile.open(file).wide(List.of("A", "B", "C"));

        assertThat(csv.header()).hasSize(3);
        assertThat(rows(csv)).containsExactly(List.of("2020", "1", "2", ""));
    }

    @Test
    void leavesAFileWithoutSuchColumnsAsItIs() throws IOException {
        CsvFile csv = CsvFile.open(file);

        assertThat(csv.wide(List.of())).isSameAs(csv);
    }

    @Test
    void refusesColumnsThatAreNotThereOrTwice() throws IOException {
        CsvFile csv = CsvFile.open(file);

        assertThatThrownBy(() -> csv.wide(List.of("A", "D")))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(file + " has no column \"D\"; it has date, A, B, note");
        assertThatThrownBy(() -> csv.wide(List.of("A", "A")))
                .isInstanceOf(WrongInputException.class)
                .hasMessage("--wide names column \"A\" twice; need different ones");
    }

    @Test
    void refusesAFileWithAColumnOfTheSameName() throws IOException {
        Files.writeString(file, "date,A,value\n");
        CsvFile csv = CsvFile.open(file);

        assertThatThrownBy(() -> csv.wide(List.of("A")))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(
                        file
                                + " has a column \"value\", which --wide makes of others; need"
                                + " another name");
    }

    private static List<List<String>> rows(CsvFile csv) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        csv.forEachRow(cells -> rows.add(List.copyOf(cells)));
        return rows;
    }
}
