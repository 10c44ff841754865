package org.cellstream.jobs.cli;

import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.cellstream.jobs.config.WrongConfigException;
import picocli.CommandLine;

/** Tells what is wrong with a configuration, a line for each mistake. */
final class ConfigMistakes {

    private ConfigMistakes() {}

    /**
     * Runs a command; mistakes in its configuration, or that there is none, end it with the exit
     * code of wrong input.
     */
    static int tell(CommandLine command, Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (WrongConfigException e) {
            return wrong(command, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            return wrong(command, "there is no file " + e.getFile());
        }
    }

    private static int wrong(CommandLine command, String message) {
        command.getErr().println("cellstream: " + message);
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }
}
