package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxDefaultAction;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor;
import org.junit.jupiter.api.Test;

class IdleMailTest {

    /** A task that has so many inputs at hand, each of which something waits for, then none. */
    private static final class Task implements MailboxDefaultAction, IdleMail.Waiting {

        private final MailboxProcessor loop = new MailboxProcessor(this);
        private final IdleMail mail = new IdleMail(loop.getMailboxExecutor(0), this);
        private final List<Integer> idleAfter = new ArrayList<>();
        private final int inputs;
        private final int fullAt;
        private int seen;
        private int waiting;

        Task(int inputs, int fullAt) {
            this.inputs = inputs;
            this.fullAt = fullAt;
        }

        @Override
        public void runDefaultAction(Controller controller) {
            if (seen == inputs) {
                controller.suspendDefaultAction();
                if (!waits()) {
                    loop.getMailboxExecutor(0).execute(loop::suspend, "end");
                }
                return;
            }
            seen++;
            waiting = seen == fullAt ? 0 : waiting + 1;
            mail.ask();
        }

        @Override
        public boolean waits() {
            return waiting > 0;
        }

        @Override
        public void idle() {
            waiting = 0;
            idleAfter.add(seen);
            loop.suspend();
        }

        List<Integer> run() throws Exception {
            loop.runMailboxLoop();
            return idleAfter;
        }
    }

    @Test
    void idleComesOnceAndOnlyWhenNoInputIsAtHand() throws Exception {
        assertThat(new Task(5, 0).run()).containsExactly(5);
    }

    @Test
    void idleDoesNotComeWhereNothingWaitsAnyMore() throws Exception {
        assertThat(new Task(5, 5).run()).isEmpty();
    }
}
