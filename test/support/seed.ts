/** Property tests draw from the seed of the run (`npm test -- --seed N`), so that a run can be made again as it was. */
import fc from 'fast-check';

fc.configureGlobal({ seed: jest.getSeed() });
