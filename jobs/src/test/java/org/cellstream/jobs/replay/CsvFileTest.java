package org.cellstream.jobs.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

    private static final String STOCKS =
            """
            Date,Close,Name
            2012-08-13,90.0,AAPL

            2012-08-13,,"A, ""B"" C"
            """;

    @TempDir private Path folder;

    @Test
    void readsHeaderAndRows() throws IOException {
        CsvFile csv = CsvFile.open(file(STOCKS));

        assertThat(csv.header()).containsExactly("Date", "Close", "Name");
        assertThat(csv.column("Name")).isEqualTo(2);
        assertThat(rows(csv))
                .containsExactly(
                        List.of("2012-08-13", "90.0", "AAPL"),
                        List.of("2012-08-13", "", "A, \"B\" C"));
    }

    @Test
    void readsGzipWhateverItsName() throws IOException {
        CsvFile csv = CsvFile.open(file(gzip(STOCKS)));

        assertThat(rows(csv)).hasSize(2);
    }

    @Test
    void readsAFileWithByteOrderMarkAndWindowsLineEnds() throws IOException {
        CsvFile csv = CsvFile.open(file("\uFEFFDate , Close\r\n1,2\r\n"));

        assertThat(csv.header()).containsExactly("Date", "Close");
        assertThat(rows(csv)).containsExactly(List.of("1", "2"));
    }

    @Test
    void handsOverRaggedRowsAsTheyAre() throws IOException {
        CsvFile csv = CsvFile.open(file("a,b\n1\n1,2,3\n"));

        assertThat(rows(csv)).containsExactly(List.of("1"), List.of("1", "2", "3"));
    }

    @Test
    void namesTheColumnsThereAreWhenOneIsUnknown() throws IOException {
        CsvFile csv = CsvFile.open(file(STOCKS));

        assertThatThrownBy(() -> csv.column("Price"))
                .isInstanceOf(WrongInputException.class)
                .hasMessageEndingWith("stocks has no column \"Price\"; it has Date, Close, Name");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertRefused(folder.resolve("none.csv"), "there is no file ");
    }

    @Test
    void refusesAFolder() {
        assertRefused(folder, " is a folder; need a CSV file, plain or gzip");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        assertRefused(file(""), " is empty; need a header row that names the columns");
    }

    @Test
    void refusesAnEmptyGzipFile() throws IOException {
        assertRefused(file(gzip("")), " is empty; need a header row that names the columns");
    }

    @Test
    void refusesBinaryData() throws IOException {
        assertRefused(
                file(new byte[] {'P', 'K', 3, 4, 0, 1}),
                " is not a CSV file: byte 4 is 0, so it is no text");
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        assertRefused(
                file(new byte[] {'a', (byte) 0xff, '\n'}),
                " is not a CSV file: it holds bytes that are no UTF-8 text");
    }

    @Test
    void refusesBrokenGzip() throws IOException {
        assertRefused(
                file(new byte[] {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9}),
                " is broken gzip: ");
    }

    @Test
    void refusesAColumnThatIsThereTwice() throws IOException {
        assertRefused(file("a,b,a\n"), " names column \"a\" twice; need different names");
    }

    @Test
    void saysSoWhenGzipEndsInTheMiddle() throws IOException {
        byte[] whole = gzip(STOCKS + "2012-08-13,1.0,X%d\n".repeat(20_000));
        CsvFile csv = CsvFile.open(file(Arrays.copyOf(whole, whole.length - 20)));

        assertThatThrownBy(() -> rows(csv))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining(" is broken gzip: ");
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> CsvFile.open(file))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    private static List<List<String>> rows(CsvFile csv) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        csv.forEachRow(rows::add);
        return rows;
    }

    private Path file(String text) throws IOException {
        return file(text.getBytes(UTF_8));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("stocks"), bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
