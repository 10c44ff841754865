package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of the kernels give the same bits, whatever the sizes and the width of a vector. */
class KernelsTest {

    @Test
    void bestIsVectorFormWhereModuleIsThere() {
        Kernels best = Kernels.best();

        assertThat(best.getClass().getSimpleName()).isEqualTo("VectorKernels");
    }

    @Test
    void vectorFormGivesScalarBitsAtAnySize() {
        assertThat(TestingComparison.of(Kernels.best())).isEqualTo("same bits");
    }

    @Test
    void scalarFormGivesItsBitsWhereverStatesLie() {
        assertThat(TestingComparison.of(Kernels.scalar())).isEqualTo("same bits");
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void vectorsOfAnyWidthGiveScalarBitsAtAnySize(int bits) throws Exception {
        TestingJvm jvm =
                new TestingJvm(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Dcellstream.vector.bits=" + bits);

        String output = jvm.run(TestingComparison.class);

        assertThat(output).contains(bits / Float.SIZE + " lanes, same bits");
    }

    @Test
    void compiledVectorFormAllocatesNothing() throws Exception {
        TestingJvm jvm = new TestingJvm("--add-modules", "jdk.incubator.vector");

        String output = jvm.run(TestingAllocation.class);

        assertThat(output.lines()).contains("0 bytes");
    }

    @Test
    void jvmWithoutModuleRunsScalarFormWithOneWarningThatNamesTheFlag() throws Exception {
        TestingJvm jvm = new TestingJvm();

        String output = jvm.run(AsksTwice.class);

        assertThat(output)
                .containsOnlyOnce("--add-modules jdk.incubator.vector")
                .contains("scalar true, same true");
    }

    /** Main class of a JVM without the module. */
    static final class AsksTwice {

        private AsksTwice() {}

        public static void main(String[] none) {
            Kernels first = Kernels.best();
            boolean scalar = first == Kernels.scalar();
            System.out.println("scalar " + scalar + ", same " + (first == Kernels.best()));
        }
    }

    @Test
    void oddNumbersGiveTheSameTanhFractions() {
        Fractions actual = oddNumbers();

        Kernels.best().tanhFractions(actual, actual.numerators.length);

        Fractions expected = oddNumbers();
        Kernels.scalar().tanhFractions(expected, expected.numerators.length);
        assertThat(actual.numerators).isEqualTo(expected.numerators);
        assertThat(actual.denominators).isEqualTo(expected.denominators);
        assertThat(actual.numerators[0]).isNaN();
        assertThat(actual.numerators[1]).isEqualTo(-0.0f);
    }

    @Test
    void largestIsTheScalarOneWhateverThePlaceAndTheLength() {
        float[] values = new float[70];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i * i) * (i % 7 == 0 ? -100 : 1);
        }
        values[60] = Float.NEGATIVE_INFINITY;
        values[65] = Float.NaN;

        for (int from = 0; from < values.length; from++) {
            for (int to = from; to <= values.length; to++) {
                float expected = Kernels.scalar().largest(values, from, to);
                // Boxed, a NaN equals another one.
                assertThat(Float.valueOf(Magnitude.largest(values, from, to)))
                        .isEqualTo(Float.valueOf(expected));
            }
        }
        assertThat(Magnitude.largest(values, 3, 3)).isZero();
        assertThat(Magnitude.largest(values, 50, 65)).isInfinite();
        assertThat(Magnitude.largest(values, 50, 66)).isNaN();
    }

    private static Fractions oddNumbers() {
        float clamp = RationalTanh.CLAMP;
        float[] odd = {
            Float.NaN,
            -0.0f,
            0.0f,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MIN_VALUE,
            -Float.MIN_NORMAL,
            Float.MAX_VALUE,
            clamp,
            -clamp,
            Math.nextUp(clamp),
            Math.nextDown(clamp),
            -Math.nextUp(clamp),
            1,
            -1,
            1e-20f
        };
        Fractions fractions = new Fractions(odd.length);
        System.arraycopy(odd, 0, fractions.numerators, 0, odd.length);
        return fractions;
    }
}
