package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {

    private static final String STOCKS =
            "range=High/Low|log, ret=Close|log|diff, volume=Volume|log";

    /**
     * CRC-32C of the text, a line feed and the target; another one would orphan every key's state.
     */
    private static final int STOCKS_FINGERPRINT = -584017556;

    @Test
    void fieldsAreDistinctAndInOrderOfFirstUse() {
        String text = "range=High/Low|log, up=Close/Low, close=Close|diff, High";

        Columns columns = Columns.parse(text, "close");

        assertThat(columns.fields()).containsExactly("High", "Low", "Close");
        assertThat(columns.names()).containsExactly("range", "up", "close", "High");
        assertThat(columns.width()).isEqualTo(4);
        assertThat(columns.target()).isEqualTo("close");
        assertThat(columns.targetIndex()).isEqualTo(2);
    }

    @Test
    void bareFieldIsColumnOfItsName() {
        Columns bare = Columns.parse("Close", "Close");

        Columns spelled = Columns.parse("Close=Close", "Close");

        assertThat(bare).isEqualTo(spelled).hasSameHashCodeAs(spelled);
        assertThat(bare.fields()).containsExactly("Close");
    }

    @Test
    void blanksAroundWordsDoNotCount() {
        String spread = " range = High / Low | log ,\n\tband=Close|clip( -1.50 , 2e0 )|lag( 3 ) ";

        Columns columns = Columns.parse(spread, " range ");

        assertThat(columns).hasToString("range=High/Low|log, band=Close|clip(-1.5,2)|lag(3)");
        assertThat(columns).isEqualTo(Columns.parse(columns.toString(), "range"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Adj Close",
                "größe=Länge/Breite",
                "気温=温度|log1p",
                "🚀=🌍",
                "Temp (C)",
                "Temp (C=Open (",
                "a/b=x",
                "\"quoted\"='x'",
                "log=lag(3)|lag(3)",
                "x=%s %d {0} \\d+",
                "x=a.b.c-d_e$f#g@h!?&*+;:<>[]{}^~`",
                "x=A|clip(-1.0E-300,1.0E300)|abs|sqrt",
                "Time, x=Time/timer",
                "Gap, gap=Close, time=Gap/gaps, wait=gap|log1p",
                "Close, gap"
            })
    void oddNamesAreReadAndWritten(String text) {
        Columns columns = Columns.parse(text, ColumnParser.parse(text).get(0).name());

        Columns again = Columns.parse(columns.toString(), columns.target());

        assertThat(columns).hasToString(text);
        assertThat(again).isEqualTo(columns);
        assertThat(again.fields()).isEqualTo(columns.fields());
    }

    @Test
    void textOfAnyColumnsIsReadAsTheSameColumns() {
        Random random = new Random(11);

        for (int i = 0; i < 2_000; i++) {
            List<Column> written = TestingColumns.random(random);
            String target = TestingColumns.target(written, random);
            Columns columns = Columns.parse(TestingColumns.text(written, random), target);

            Columns again = Columns.parse(columns.toString(), columns.target());

            assertThat(columns.columns()).isEqualTo(written);
            assertThat(again.columns()).isEqualTo(written);
            assertThat(again).isEqualTo(columns).hasSameHashCodeAs(columns);
        }
    }

    @Test
    void fingerprintIsSameInEveryJvm() {
        Columns columns = Columns.parse(STOCKS, "range");

        int fingerprint = columns.fingerprint();

        assertThat(fingerprint).isEqualTo(STOCKS_FINGERPRINT);
    }

    @Test
    void fingerprintTellsColumnsAndTargetsApart() {
        Columns columns = Columns.parse(STOCKS, "range");

        Columns otherTarget = Columns.parse(STOCKS, "ret");
        Columns otherColumns = Columns.parse(STOCKS.replace("|diff", ""), "range");
        Columns otherSpacing = Columns.parse(STOCKS.replace(" ", ""), "range");

        assertThat(otherTarget.fingerprint()).isNotEqualTo(columns.fingerprint());
        assertThat(otherColumns.fingerprint()).isNotEqualTo(columns.fingerprint());
        assertThat(otherSpacing.fingerprint()).isEqualTo(columns.fingerprint());
        assertThat(otherTarget).isNotEqualTo(columns);
    }

    @Test
    void serialisedColumnsMeanTheSame() throws Exception {
        Columns columns = Columns.parse(STOCKS, "ret");
        var bytes = new ByteArrayOutputStream();

        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(columns);
        }
        Object read;
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = in.readObject();
        }

        assertThat(read).isEqualTo(columns);
        assertThat(((Columns) read).fields()).containsExactly("High", "Low", "Close", "Volume");
    }
}
