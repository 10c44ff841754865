package org.cellstream.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cellstream.features.Columns;
import org.cellstream.nn.Network;
import org.cellstream.state.MemoryShape;
import org.junit.jupiter.api.Test;

class SavedShapeTest {

    @Test
    void readsWhatMemoriesSayTheyWereMadeFor() {
        MemoryShape shape =
                new MemoryShape(
                        Network.of(2).lstm(2).dense(3).lstm(1).dense(1),
                        Columns.parse("x = a on b/c for d|log, y = e", "x"));

        SavedShape read = SavedShape.parse(shape.describe());

        assertThat(read.network()).isEqualTo(shape.network());
        assertThat(read.columns()).isEqualTo("x=a on b/c for d|log, y=e");
        assertThat(read.target()).isEqualTo("x");
        assertThat(read).hasToString(shape.describe());
    }

    @Test
    void cutsAStateIntoLayers() {
        SavedShape shape =
                new SavedShape(Network.of(1).lstm(2).dense(3).lstm(1).dense(1), "x=x", "x");

        assertThat(shape.layers(new float[] {1, 2, 3, 4, 5, 6}))
                .containsExactly(
                        new SavedLayer("lstm", new float[] {1, 2}, new float[] {3, 4}),
                        new SavedLayer("lstm_1", new float[] {5}, new float[] {6}));
    }

    @Test
    void cutsStatesThatAreNotTwoOfASize() {
        Network network = Network.parse("gru(2) lstm(3, projection=1) dense(1)", 1);
        SavedShape shape = new SavedShape(network, "x=x", "x");

        assertThat(shape.layers(new float[] {1, 2, 3, 4, 5, 6}))
                .containsExactly(
                        new SavedLayer("gru", new float[] {1, 2}, new float[0]),
                        new SavedLayer("lstm", new float[] {3}, new float[] {4, 5, 6}));
    }

    @Test
    void measuresLayers() {
        SavedLayer layer = new SavedLayer("lstm", new float[] {3, -4}, new float[] {0, 0});

        assertThat(layer.hNorm()).isEqualTo(5);
        assertThat(layer.cNorm()).isZero();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> SavedShape.parse("a tree"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a tree\", which this Cellstream does not know");
        assertThatThrownBy(() -> SavedShape.parse("gnu(3) dense(1) over 2 inputs on x for x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"gnu\" in network \"gnu(3) dense(1)\" is not a layer");
    }
}
