package org.cellstream.jobs.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.cellstream.jobs.replay.WrongInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples, shortened. */
class ExamplesITCase {

    @TempDir private Path folder;

    @Test
    void cosIsForecastByEachNetworkAndDrawn() throws Exception {
        ExampleResult result = Example.of("cos").run(new ExampleSettings(true, null));

        Path picture = folder.resolve("pictures/cos.png");
        result.picture().write(picture);

        assertThat(result.networks()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(result.table().rows()).hasSameSizeAs(result.networks());
        // Repeating the last value has a root mean square error of 0.07.
        assertThat(result.table().rows())
                .allSatisfy(row -> assertThat(Double.parseDouble(row.get(1))).isLessThan(0.05));
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isGreaterThan(800);
        assertThat(colours(image)).isGreaterThan(10);
        assertThat(result.picture().plots()).hasSize(2);
    }

    @Test
    void airlineIsForecastFromAFileOfMonths() throws Exception {
        ExampleResult result =
                Example.of("airline").run(new ExampleSettings(true, file(growth(60))));

        List<List<String>> rows = result.table().rows();
        assertThat(rows).hasSize(2 + result.networks().size());
        assertThat(rows.get(1)).containsExactly("last year's growth", "0.0");
        double persistence = Double.parseDouble(rows.get(0).get(1));
        double ours = Double.parseDouble(rows.get(rows.size() - 1).get(1));
        assertThat(ours).isPositive().isLessThan(persistence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Month,Passengers\\n1949-13,1; line 2: [1949-13, 1]; need a later month",
                "Month,Passengers\\n1949-01,many; line 2: [1949-01, many]",
                "Month,Passengers\\n1949-01,1; has 1 months; need at least 36",
                "Month,Count\\n1949-01,1; has no column \"Passengers\"; it has Month, Count"
            })
    void brokenFileIsToldWithItsPlace(String text, String message) throws IOException {
        Path csv = file(text.replace("\\n", "\n"));

        assertThatThrownBy(() -> Example.of("airline").run(new ExampleSettings(true, csv)))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void exampleWithoutItsFileAndExampleThatThereIsNotAreTold() {
        assertThatThrownBy(() -> Example.of("airline").run(new ExampleSettings(true, null)))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("need --csv FILE");
        assertThatThrownBy(() -> Example.of("sine"))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith("there is no example \"sine\"; need one of cos, airline");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("months.csv"), text);
    }

    /** A year whose months differ, twice as large each year. */
    private static String growth(int months) {
        StringBuilder text = new StringBuilder("Month,Passengers\n");
        for (int i = 0; i < months; i++) {
            int year = i / 12;
            double value = (100 + 30 * Math.sin(i % 12)) * Math.pow(2, year);
            text.append(YearMonth.of(1949, 1).plusMonths(i)).append(',').append(value).append('\n');
        }
        return text.toString();
    }

    private static long colours(BufferedImage image) {
        int[] pixels =
                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels).distinct().count();
    }
}
