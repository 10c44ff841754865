package org.cellstream.inference;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Finds the moment at which a task has no input at hand. Flink tells nobody: but a mail that asks,
 * and is posted again until the answer is yes, runs between two inputs as long as there are any,
 * and once more when there are none. That costs each input a turn of the task's loop.
 */
final class IdleMail {

    private final MailboxExecutor mails;
    private final Waiting waiting;
    private boolean posted;

    /**
     * @param mails of the task
     */
    IdleMail(MailboxExecutor mails, Waiting waiting) {
        this.mails = mails;
        this.waiting = waiting;
    }

    /** What waits for that moment. */
    interface Waiting {

        /** Whether there is anything that waits. */
        boolean waits();

        /** Does what waited. */
        void idle() throws Exception;
    }

    /** Asks from now on, until there is no input at hand or nothing waits any more. */
    void ask() {
        if (!posted && mails instanceof MailboxExecutorImpl) {
            posted = true;
            post(this::run);
        }
    }

    private void post(ThrowingRunnable<Exception> mail) {
        mails.execute(mail, "step waiting events if no other is at hand");
    }

    /** Whether no input is at hand; to be called from a mail or a timer. */
    boolean isIdle() {
        return mails instanceof MailboxExecutorImpl task && task.isIdle();
    }

    private void run() throws Exception {
        posted = false;
        if (waiting.waits()) {
            if (isIdle()) {
                waiting.idle();
            } else {
                ask();
            }
        }
    }
}
