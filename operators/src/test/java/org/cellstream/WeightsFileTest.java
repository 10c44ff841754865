package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.model.ModelFile;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {

    @TempDir private Path folder;

    @Test
    void takesTheWeightsOfAFileOfItsNetwork() throws IOException {
        Configuration options = options(file("lstm(3) dense(1)"));

        assertThat(KeyedLstm.of(Types.STRING, options).network())
                .isEqualTo(Network.parse("lstm(3) dense(1)", 2));
        assertThat(
                        ModelFile.weightsFor(
                                Network.parse("lstm(3) dense(1)", 2),
                                Path.of(options.get(CellstreamOptions.WEIGHTS_FILE))))
                .isEqualTo(Weights.seeded(Network.parse("lstm(3) dense(1)", 2), 9));
    }

    @Test
    void refusesAFileOfAnotherNetworkWithBothDescriptions() throws IOException {
        Configuration options = options(file("lstm(4) dense(1)"));

        assertThatThrownBy(() -> KeyedLstm.of(Types.STRING, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cellstream.weights.file: ")
                .hasMessageContaining(
                        "it holds lstm(4) dense(1) over 2 inputs; need lstm(3) dense(1) over 2"
                                + " inputs");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Configuration options = options(folder.resolve("none.safetensors"));

        assertThatThrownBy(() -> KeyedLstm.of(Types.STRING, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("none.safetensors: file: does not exist");
    }

    private Path file(String words) throws IOException {
        Path file = folder.resolve("m.safetensors");
        Weights weights = Weights.seeded(Network.parse(words, 2), 9);
        new ModelFile(weights, Map.of()).write(file);
        return file;
    }

    private static Configuration options(Path file) {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.NETWORK, "lstm(3) dense(1)");
        options.set(CellstreamOptions.COLUMNS, "a, b");
        options.set(CellstreamOptions.TARGET, "a");
        options.set(CellstreamOptions.WEIGHTS_FILE, file.toString());
        return options;
    }
}
