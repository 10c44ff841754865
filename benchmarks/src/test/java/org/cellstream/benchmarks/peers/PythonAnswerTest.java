package org.cellstream.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PythonAnswerTest {

    @Test
    void readsNumbersAndArrays() {
        float[] values = {1.5f, -0.25f, Float.MIN_VALUE};

        PythonAnswer number = PythonAnswer.parse("ok 12345678901");
        PythonAnswer array = PythonAnswer.parse("ok " + Base64Floats.encode(values));

        assertThat(number.number()).isEqualTo(12345678901L);
        assertThat(array.floats()).containsExactly(values);
        assertThat(PythonAnswer.parse("ok ").text()).isEmpty();
    }

    @Test
    void saysWhatWentWrongThere() {
        assertThatThrownBy(() -> PythonAnswer.parse("error ValueError no command walk"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ValueError no command walk");
        assertThatThrownBy(() -> PythonAnswer.parse(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended");
    }

    @Test
    void refusesWhatIsNoNumberAndNoArray() {
        PythonAnswer answer = PythonAnswer.parse("ok soon");
        PythonAnswer half = PythonAnswer.parse("ok AAA=");

        assertThatThrownBy(answer::number).hasMessageContaining("\"soon\"");
        assertThatThrownBy(half::floats).hasMessageContaining("2 bytes; need a multiple of 4");
    }
}
