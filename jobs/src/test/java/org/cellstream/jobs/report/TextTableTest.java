package org.cellstream.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void namesStandLeftAndNumbersRight() {
        TextTable table =
                new TextTable(
                        List.of("network", "RMSE"),
                        List.of(List.of("a", "10.25"), List.of("longer than all", "3")));

        assertThat(table)
                .hasToString(
                        "network           RMSE\na                10.25\nlonger than all      3\n");
    }

    @Test
    void rowHasACellForEachColumn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextTable(List.of("a", "b"), List.of(List.of("1"))))
                .withMessage("row [1] has 1 cells; need 2");
    }
}
