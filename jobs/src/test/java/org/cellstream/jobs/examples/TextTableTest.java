package org.cellstream.jobs.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.KeyedLstm;
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

    @Test
    void codeOfANetworkIsThatOfItsOptions() {
        ExampleNetwork network =
                ExampleNetwork.titled("small")
                        .with("network", "lstm(4) dense(1)")
                        .with("columns", "a")
                        .with("target", "a")
                        .with("network", "lstm(8) dense(1)");

        assertThat(KeyedLstm.of(Types.STRING, network.configuration()).network().text())
                .isEqualTo("lstm(8) dense(1)");
        assertThat(network.code())
                .isEqualTo(
                        """
                        // small
                        Configuration options = new Configuration();
                        options.setString("cellstream.network", "lstm(8) dense(1)");
                        options.setString("cellstream.columns", "a");
                        options.setString("cellstream.target", "a");
                        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options);
                        """);
    }
}
