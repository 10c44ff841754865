package org.cellstream.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecursiveLeastSquaresTest {

    private static final int N = 6;
    private static final double FIRST = 100;

    /** Coefficients are float32, rounded at each of some hundred steps. */
    private static final double ROUNDING = 2e-4;

    /** No error counts less for being large. */
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** Elsewhere in the array lie the numbers of others. */
    private static final int AT = 3;

    private record Observation(double[] x, double target) {}

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.99})
    void coefficientsAreThoseOfWeightedLeastSquares(double forgetting) {
        RecursiveLeastSquares squares = new RecursiveLeastSquares(N, forgetting, FIRST, NEVER);
        float[] memory = started(squares);
        List<Observation> seen = new ArrayList<>();
        Random random = new Random(1);
        for (int t = 0; t < 300; t++) {
            Observation one = observation(random, 0.5);
            seen.add(one);

            squares.learn(memory, AT, one.x, one.target);

            if (t % 50 == 49) {
                double[] expected = solved(seen, forgetting);
                for (int i = 0; i < N; i++) {
                    assertThat((double) memory[AT + i]).isCloseTo(expected[i], within(ROUNDING));
                }
            }
        }
    }

    @Test
    void predictsTheSumOfProducts() {
        RecursiveLeastSquares squares = new RecursiveLeastSquares(3, 1, 1, NEVER);
        float[] memory = new float[squares.size()];
        memory[0] = 2;
        memory[1] = -1;
        memory[2] = 0.5f;

        assertThat(squares.predict(memory, 0, new double[] {1, 3, 4})).isEqualTo(2 - 3 + 2);
    }

    @Test
    void followsCoefficientsThatChange() {
        RecursiveLeastSquares squares = new RecursiveLeastSquares(2, 0.95, 1, NEVER);
        float[] memory = new float[squares.size()];
        squares.start(memory, 0);
        Random random = new Random(2);
        for (int t = 0; t < 2_000; t++) {
            double slope = t < 1_000 ? 1 : -3;
            double x = random.nextGaussian();
            squares.learn(memory, 0, new double[] {1, x}, slope * x);
        }

        assertThat(memory[0]).isCloseTo(0, within(1e-3f));
        assertThat(memory[1]).isCloseTo(-3, within(1e-3f));
    }

    /** Of exponential noise with mean 1 the median is ln 2. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 1_000})
    void largeErrorsCountAsTheirSizeAndSmallOnesAsTheirSquare(double large) {
        RecursiveLeastSquares squares = new RecursiveLeastSquares(1, 1, FIRST, large);
        float[] memory = new float[squares.size()];
        squares.start(memory, 0);
        Random random = new Random(6);
        for (int t = 0; t < 20_000; t++) {
            squares.learn(memory, 0, new double[] {1}, -Math.log(random.nextDouble()));
        }

        assertThat((double) memory[0]).isCloseTo(large < 1 ? Math.log(2) : 1, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "constants", "one of many", "huge", "tiny", "equal"})
    void inputsThatTellNothingDoNoHarm(String kind) {
        RecursiveLeastSquares squares = new RecursiveLeastSquares(N, 0.998, 1, NEVER);
        float[] memory = started(squares);
        Random random = new Random(3);
        for (int t = 0; t < 100_000; t++) {
            squares.learn(memory, AT, input(kind, t, random), random.nextGaussian());
            assertThat(traceOf(squares, memory)).isBetween(0.0, 10 * N * (1 + 1e-5));
        }
        for (float number : memory) {
            assertThat(Float.isFinite(number)).isTrue();
        }

        for (int t = 0; t < 5_000; t++) {
            Observation one = observation(random, 0);
            squares.learn(memory, AT, one.x, one.target);
        }

        Observation next = observation(random, 0);
        assertThat(squares.predict(memory, AT, next.x)).isCloseTo(next.target, within(0.02));
    }

    private static double[] input(String kind, int t, Random random) {
        double[] x = new double[N];
        switch (kind) {
            case "zeros" -> {}
            case "constants" -> Arrays.fill(x, 5);
            case "one of many" -> x[t / 1_000 % N] = random.nextGaussian();
            case "huge" -> Arrays.fill(x, 1e12 * random.nextGaussian());
            case "tiny" -> Arrays.fill(x, 1e-30 * random.nextGaussian());
            default -> Arrays.fill(x, random.nextGaussian());
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e308, -1e308})
    void targetsThatAreNoNumbersOrTooLargeLeaveItWorking(double target) {
        RecursiveLeastSquares squares = new RecursiveLeastSquares(N, 0.998, 1, NEVER);
        float[] memory = started(squares);
        Random random = new Random(4);
        for (int t = 0; t < 3_000; t++) {
            Observation one = observation(random, 0.01);
            squares.learn(memory, AT, one.x, t % 1_000 == 5 ? target : one.target);
        }

        Observation next = observation(random, 0);
        assertThat(squares.predict(memory, AT, next.x)).isCloseTo(next.target, within(0.05));
    }

    @Test
    void numbersOfOthersStayAsTheyAre() {
        RecursiveLeastSquares squares = new RecursiveLeastSquares(N, 0.998, 1, NEVER);
        float[] memory = new float[AT + squares.size() + 4];
        Arrays.fill(memory, 7);

        squares.start(memory, AT);
        squares.learn(memory, AT, new double[] {1, 2, 3, 4, 5, 6}, 7);

        assertThat(Arrays.copyOf(memory, AT)).containsOnly(7f);
        assertThat(Arrays.copyOfRange(memory, AT + squares.size(), memory.length)).containsOnly(7f);
    }

    private static float[] started(RecursiveLeastSquares squares) {
        float[] memory = new float[AT + squares.size()];
        squares.start(memory, AT);
        return memory;
    }

    private static Observation observation(Random random, double noise) {
        double[] x = new double[N];
        double target = noise * random.nextGaussian();
        for (int i = 0; i < N; i++) {
            x[i] = i == 0 ? 1 : random.nextGaussian() + 0.5 * x[i - 1];
            target += (i - 2) * x[i];
        }
        return new Observation(x, target);
    }

    /** The trace of U D U', by its definition. */
    private static double traceOf(RecursiveLeastSquares squares, float[] memory) {
        double trace = 0;
        int at = AT + squares.size() - N * (N + 1) / 2;
        for (int j = 0; j < N; j++) {
            double d = memory[at + j];
            double sum = d;
            for (int i = 0; i < j; i++) {
                sum += d * memory[at + i] * memory[at + i];
            }
            trace += sum;
            at += j + 1;
        }
        return trace;
    }

    /** The normal equations, an older observation counting less, the start as one of variance. */
    private static double[] solved(List<Observation> seen, double forgetting) {
        double[][] a = new double[N][N + 1];
        for (int t = 0; t < seen.size(); t++) {
            double weight = Math.pow(forgetting, seen.size() - 1 - t);
            double[] x = seen.get(t).x;
            for (int i = 0; i < N; i++) {
                for (int j = 0; j < N; j++) {
                    a[i][j] += weight * x[i] * x[j];
                }
                a[i][N] += weight * x[i] * seen.get(t).target;
            }
        }
        for (int i = 0; i < N; i++) {
            a[i][i] += Math.pow(forgetting, seen.size()) / FIRST;
        }
        return eliminated(a);
    }

    private static double[] eliminated(double[][] a) {
        for (int i = 0; i < N; i++) {
            for (int row = i + 1; row < N; row++) {
                double factor = a[row][i] / a[i][i];
                for (int column = i; column <= N; column++) {
                    a[row][column] -= factor * a[i][column];
                }
            }
        }
        double[] solution = new double[N];
        for (int i = N - 1; i >= 0; i--) {
            double sum = a[i][N];
            for (int j = i + 1; j < N; j++) {
                sum -= a[i][j] * solution[j];
            }
            solution[i] = sum / a[i][i];
        }
        return solution;
    }
}
