package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.LabelSource;
import org.cellstream.config.MissingTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which networks take which columns; said before a job starts. */
class KeyedLstmColumnsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "embedding(500, 8) lstm(4) dense(1); id=key|category(500), a",
                "embedding(500, 8, column=1) lstm(4) dense(1); a, id=key|category(500)",
                "embedding(7, 2) embedding(5, 2, column=1) gru(4) dense(1);"
                        + " k=K|category(5), d=time|dayOfWeek|category(7), a",
                "embedding(5, 2, column=1) embedding(7, 2, column=1) skip embedding(7, 1)"
                        + " embedding(5, 1, column=6) lstm(3) dense(1);"
                        + " a, k=K|category(5), d=time|dayOfWeek|category(7)",
                "lstm(4) dense(1); a, h=time|hour|cyclic"
            })
    void embeddingsReadColumnsOfAsManyCategories(String network, String columns) {
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options(network, columns, "a"));

        assertThat(lstm.network().text()).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "embedding(500, 8) lstm(4) dense(1)# a, b#"
                        + " embedding(500, 8) reads column 1 of its row, b, which is a number; need a"
                        + " column of category(500); there is none, as kind=Kind|category(n) or"
                        + " id=key|category(n) is one",
                "embedding(12, 8) lstm(4) dense(1)# a, id=key|category(500)#"
                        + " embedding(12, 8) reads the column id of category(500); both need the same"
                        + " number of categories; id of category(500) is column=1",
                "embedding(7, 2) embedding(5, 2) lstm(4) dense(1)#"
                        + " k=K|category(5), a, d=time|dayOfWeek|category(7)#"
                        + " embedding(5, 2) reads column 3 of its row, an output of embedding(7, 2), which is a"
                        + " number; need a column of category(5); k of category(5) is column=1",
                "lstm(4) dense(1)# a, id=key|category(500)#"
                        + " lstm(4) takes in the column id of category(500), whose index is no number to"
                        + " compute with; put embedding(500, units) before it",
                "dropout(0.1) embedding(7, 2) lstm(4) dense(1)#"
                        + " a, k=K|category(5), d=time|dayOfWeek|category(7)#"
                        + " dropout(0.1) takes in the column k of category(5), whose index is no number"
                        + " to compute with; put embedding(5, units, column=1) before it",
                "embedding(5, 2) lstm(4) dense(1) skip# a, k=K|category(5)#"
                        + " the network's output takes in the column k of category(5), whose index is no"
                        + " number to compute with; put embedding(5, units) before it"
            })
    void otherNetworksAreRefusedWithLayerAndColumn(String network, String columns, String message) {
        Configuration options = options(network, columns, "a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyedLstm.of(Types.STRING, options))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mse; 1; a number",
                "categorical-cross-entropy; 3; 3 classes",
                "binary-cross-entropy; 1; 2 classes"
            })
    void classesOfTheTargetAreThoseOfNetworkAndLoss(String loss, int outputs, String forecast) {
        String network = "embedding(5, 2) lstm(4) dense(" + outputs + ")";
        Configuration options = options(network, "kind=K|category(5)", "kind");
        options.setString("cellstream.training.loss", loss);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyedLstm.of(Types.STRING, options))
                .withMessage(
                        "the target kind is category(5); the network \"%s\" and the loss %s forecast %s"
                                .formatted(network, loss, forecast));
    }

    @Test
    void severalHorizonsNeedATargetThatCanBeUndoneAndIsTheNextEvents() {
        Configuration ratio = options("lstm(4) dense(1)", "a=High/Low|log, b=High", "a");
        ratio.set(CellstreamOptions.HORIZONS, "2");
        Configuration lost = options("lstm(4) dense(1)", "a=High|abs", "a");
        lost.set(CellstreamOptions.HORIZONS, "2");
        Configuration given = options("lstm(4) dense(1)", "a=High", "a");
        given.set(CellstreamOptions.HORIZONS, "1,2,5");
        given.set(CellstreamOptions.TRAINING_LABELS, LabelSource.GIVEN);
        given.set(CellstreamOptions.EXPERTS, "none");

        assertThat(KeyedLstm.of(Types.STRING, ratio)).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyedLstm.of(Types.STRING, lost))
                .withMessage(
                        "forecasts of a cannot be fed back: it has the transform abs; need transforms that can be undone");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyedLstm.of(Types.STRING, given))
                .withMessage(
                        "cellstream.horizons is 1,2,5; cellstream.training.labels is given, so need none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "a=High/Low|log# is the ratio High/Low; need one field as its source",
                "a=High|log|abs# has the transform abs; need transforms that can be undone",
                "a=High|lag(2)# has the transform lag(2); need transforms that can be undone"
            })
    void forecastsAreFedBackOnlyWhereTheyGiveAField(String columns, String why) {
        Configuration options = options("lstm(4) dense(1)", columns + ", b=High", "a");
        options.set(CellstreamOptions.MISSING_TARGET, MissingTarget.FEEDBACK);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyedLstm.of(Types.STRING, options))
                .withMessage("forecasts of a cannot be fed back: it " + why);
    }

    @Test
    void keyOfAColumnNeedsATextThatIsTheSameEverywhere() {
        Configuration options =
                options("embedding(5, 2) lstm(4) dense(1)", "a, id=key|category(5)", "a");
        TypeInformation<byte[]> bytes = TypeInformation.of(byte[].class);

        assertThat(KeyedLstm.of(Types.LONG, options).network().inputs()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyedLstm.of(bytes, options))
                .withMessage(
                        "the columns a, id=key|category(5) read the key, by its text; [B has none: it"
                                + " needs a toString of its own");
    }

    private static Configuration options(String network, String columns, String target) {
        Configuration options = new Configuration();
        options.set(CellstreamOptions.NETWORK, network);
        options.set(CellstreamOptions.COLUMNS, columns);
        options.set(CellstreamOptions.TARGET, target);
        return options;
    }
}
