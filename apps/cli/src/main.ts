/** The command line's entry point. */
import { runCli } from './program';

// `meterhouse … | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

void runCli(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
