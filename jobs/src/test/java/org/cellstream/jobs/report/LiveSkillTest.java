package org.cellstream.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveSkillTest {

    private final LiveSkill skill = new LiveSkill(3);

    @Test
    void forgetsWhatIsLongerAgoThanItReaches() {
        skill.add(1, 4, 1);
        skill.add(2, 0.5, -1);
        skill.add(4, -0.5, 1);

        assertThat(skill.recent(4)).isEqualTo(0.5);
        assertThat(skill.overall()).isEqualTo(1 - 5 / 3.0);
    }

    @Test
    void isNotANumberWhileNothingWasSeen() {
        skill.add(1, Double.NaN, Double.NaN);

        assertThat(skill.recent(1)).isNaN();
        assertThat(skill.overall()).isNaN();
    }

    @Test
    void survivesALongPause() {
        skill.add(1, 1, 1);

        double recent = skill.recent(1_000_000_000L);

        assertThat(recent).isNaN();
    }
}
