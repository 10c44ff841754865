package org.cellstream.jobs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.KeyedLstm;
import org.junit.jupiter.api.Test;

class ExampleNetworkTest {

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
                        options.setString("cellstream.training.steps-per-minibatch", "1");
                        options.setString("cellstream.training.replay-steps", "0");
                        options.setString("cellstream.training.gate", "false");
                        options.setString("cellstream.standardisation.prior", "0");
                        options.setString("cellstream.network", "lstm(8) dense(1)");
                        options.setString("cellstream.columns", "a");
                        options.setString("cellstream.target", "a");
                        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options);
                        """);
    }
}
