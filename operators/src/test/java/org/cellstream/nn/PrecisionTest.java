package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PrecisionTest {

    private static final int CODES = 1 << 16;

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "FLOAT16"})
    void everyCodeStandsForTheNumberThatTheFormatDefines(Precision precision) {
        for (int code = 0; code < CODES; code++) {
            float actual = precision.decode((short) code);

            assertThat((Double) (double) actual)
                    .as("code %x", code)
                    .isEqualTo((Double) defined(precision, code));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "FLOAT16"})
    void everyCodeComesBackAndItsNumberIsRoundedAlready(Precision precision) {
        for (int code = 0; code < CODES; code++) {
            float number = precision.decode((short) code);
            if (Float.isNaN(number)) {
                assertThat(precision.decode(precision.encode(number))).isNaN();
                assertBits(number, rounded(precision, number), number);
            } else {
                assertThat(precision.encode(number)).isEqualTo((short) code);
                assertBits(number, rounded(precision, number), number);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "FLOAT16"})
    void roundsEveryMiddleOfTwoNeighboursToTheEvenCodeAndBesideItToTheNearer(Precision precision) {
        int largest = Short.toUnsignedInt(precision.encode(Float.MAX_VALUE));
        for (int code = 0; code < largest; code++) {
            float low = precision.decode((short) code);
            float high = precision.decode((short) (code + 1));
            float middle = (float) (((double) low + high) / 2);
            float even = code % 2 == 0 ? low : high;

            assertBits(middle, rounded(precision, middle), even);
            assertBits(-middle, rounded(precision, -middle), -even);
            assertBits(middle, rounded(precision, Math.nextDown(middle)), low);
            assertBits(middle, rounded(precision, Math.nextUp(middle)), high);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "FLOAT16"})
    void roundsAnyNumberAsASearchOfAllCodesDoes(Precision precision) {
        Search search = new Search(precision);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 200_000; i++) {
            float number = Float.intBitsToFloat(random.nextInt());
            if (i % 2 == 0) {
                number = (float) Math.scalb(2 * random.nextDouble() - 1, random.nextInt(48) - 30);
            }
            if (Float.isNaN(number)) {
                continue;
            }
            float actual = rounded(precision, number);

            assertBits(number, actual, search.nearest(number));
            assertBits(number, precision.decode(precision.encode(actual)), actual);
            assertThat(precision.encode(number)).isEqualTo(precision.encode(actual));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oddNumbersStayAsTheyAre(Precision precision) {
        float[] odd = {
            0.0f,
            -0.0f,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN,
            Float.intBitsToFloat(0x7fc0_0001),
            Float.intBitsToFloat(0xffff_ffff),
            Float.intBitsToFloat(0x7fff_ffff)
        };
        for (float number : odd) {
            assertBits(number, rounded(precision, number), number);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
    void codeOfNotANumberIsNeverAnInfinitys(Precision precision) {
        for (int bits : new int[] {0x7f80_0001, 0xff80_0001, 0x7fc0_0000, 0xffff_ffff}) {
            float number = Float.intBitsToFloat(bits);

            assertThat(precision.decode(precision.encode(number))).isNaN();
        }
    }

    @Test
    void finiteNumbersBeyondTheLargestBecomeTheLargest() {
        float[] wide = {65_504, 65_519, 65_520, 1e9f, -65_520, Float.MAX_VALUE, -Float.MAX_VALUE};
        float[] most = {Float.MAX_VALUE, -Float.MAX_VALUE};

        Precision.FLOAT16.round(wide, 0, wide.length);
        Precision.BFLOAT16.round(most, 0, 2);

        assertThat(wide).containsExactly(65_504, 65_504, 65_504, 65_504, -65_504, 65_504, -65_504);
        assertThat(most).containsExactly(0x1.fep127f, -0x1.fep127f);
    }

    @Test
    void numbersBelowTheNormalOnesBecomeSubnormals() {
        float[] half = {0x1p-24f, 0x1p-25f, -0x1p-25f, 0x1.8p-25f, 0x1.4p-23f, 0x1.ffep-15f};
        float[] brain = {0x1p-133f, 0x1p-134f, 0x1.8p-134f, Float.MIN_VALUE};

        Precision.FLOAT16.round(half, 0, half.length);
        Precision.BFLOAT16.round(brain, 0, brain.length);

        assertThat(half).containsExactly(0x1p-24f, 0, -0.0f, 0x1p-24f, 0x1p-23f, 0x1p-14f);
        assertThat(brain).containsExactly(0x1p-133f, 0, 0x1p-133f, 0);
    }

    @Test
    void fullPrecisionLeavesNumbersAlone() {
        float[] values = TestingNumbers.floats(1, 100);

        Precision.FLOAT32.round(values, 0, 100);

        assertThat(values).isEqualTo(TestingNumbers.floats(1, 100));
    }

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "FLOAT16"})
    void roundsItsRangeOnly(Precision precision) {
        float[] values = new float[40];
        Arrays.fill(values, 0.1f);

        precision.round(values, 3, 38);

        float tenth = precision.decode(precision.encode(0.1f));
        assertThat(tenth).isNotEqualTo(0.1f);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(i < 3 || i >= 38 ? 0.1f : tenth);
        }
    }

    @Test
    void saysHowManyBytesANumberTakes() {
        assertThat(Precision.FLOAT32.bytes()).isEqualTo(4);
        assertThat(Precision.BFLOAT16.bytes()).isEqualTo(2);
        assertThat(Precision.FLOAT16.bytes()).isEqualTo(2);
    }

    @Test
    void saysWhatIsWrong() {
        for (Precision precision : Precision.values()) {
            assertThatThrownBy(() -> precision.round(new float[4], 2, 5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("range is [2, 5); need 0 <= from <= to <= 4");
            assertThatThrownBy(() -> precision.round(new float[4], 3, 2))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> precision.round(new float[4], -1, 2))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Precision.FLOAT32.encode(1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("FLOAT32 takes 4 bytes; a code has 2");
        assertThatThrownBy(() -> Precision.FLOAT32.decode((short) 1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** A code's number by the definition of its fields, in doubles, which hold each one exactly. */
    private static double defined(Precision precision, int code) {
        int exponentBits = precision == Precision.FLOAT16 ? 5 : 8;
        int fractionBits = 15 - exponentBits;
        int bias = (1 << (exponentBits - 1)) - 1;
        int exponent = code >> fractionBits & ((1 << exponentBits) - 1);
        double fraction = Math.scalb((double) (code & ((1 << fractionBits) - 1)), -fractionBits);
        double sign = code >= CODES / 2 ? -1 : 1;
        if (exponent == (1 << exponentBits) - 1) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
                ? sign * Math.scalb(fraction, 1 - bias)
                : sign * Math.scalb(1 + fraction, exponent - bias);
    }

    private static float rounded(Precision precision, float number) {
        float[] values = {number};
        precision.round(values, 0, 1);
        return values[0];
    }

    private static void assertBits(float input, float actual, float expected) {
        if (Float.floatToRawIntBits(actual) != Float.floatToRawIntBits(expected)) {
            assertThat(Float.toHexString(actual))
                    .as("of %s", Float.toHexString(input))
                    .isEqualTo(Float.toHexString(expected));
            assertThat(Float.floatToRawIntBits(actual))
                    .isEqualTo(Float.floatToRawIntBits(expected));
        }
    }

    /** The nearest number by bisection of the sorted finite codes and exact decimal differences. */
    private static final class Search {

        private final float[] finite;

        Search(Precision precision) {
            int n = 0;
            while (Double.isFinite(defined(precision, n))) {
                n++;
            }
            finite = new float[n];
            for (int code = 0; code < n; code++) {
                finite[code] = (float) defined(precision, code);
            }
        }

        float nearest(float number) {
            return Math.copySign(
                    Float.isInfinite(number) ? number : size(Math.abs(number)), number);
        }

        private float size(float number) {
            int found = Arrays.binarySearch(finite, number);
            if (found >= 0) {
                return finite[found];
            }
            int high = -found - 1;
            if (high == finite.length) {
                return finite[high - 1];
            }
            BigDecimal exact = new BigDecimal(number);
            BigDecimal below = exact.subtract(new BigDecimal(finite[high - 1]));
            BigDecimal above = new BigDecimal(finite[high]).subtract(exact);
            int nearer = below.compareTo(above);
            boolean down = nearer < 0 || (nearer == 0 && high % 2 == 1);
            return finite[down ? high - 1 : high];
        }
    }
}
