package org.cellstream.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void roundEndsWhenHalfOfTheKeysThatBeganItHaveReturned() {
        Rounds began = Rounds.NEW.after(new long[] {1, 2, 3, 4});
        Rounds others = began.after(new long[] {5, 6, 7, 8});
        Rounds one = others.after(new long[] {9, 1});

        assertThat(began.hasEnded()).isFalse();
        assertThat(others.hasEnded()).isFalse();
        assertThat(one.hasEnded()).isFalse();
        assertThat(one.after(new long[] {1, 4}).hasEnded()).isTrue();
    }

    @Test
    void minibatchOfOneKeyIsARound() {
        assertThat(Rounds.NEW.after(new long[] {1, 1, 1}).hasEnded()).isTrue();
    }

    @Test
    void nextMinibatchBeginsAnotherRound() {
        Rounds ended = Rounds.NEW.after(new long[] {1, 2}).after(new long[] {1, 2});

        assertThat(ended.hasEnded()).isTrue();
        assertThat(ended.after(new long[] {1, 2}).hasEnded()).isFalse();
    }

    @Test
    void keysThatNeverReturnEndARoundAtLast() {
        Rounds rounds = Rounds.NEW;
        for (int i = 1; i < Rounds.LONGEST; i++) {
            rounds = rounds.after(new long[] {2L * i, 2L * i + 1});
            assertThat(rounds.hasEnded()).isFalse();
        }

        assertThat(rounds.after(new long[] {-1, -2}).hasEnded()).isTrue();
    }
}
