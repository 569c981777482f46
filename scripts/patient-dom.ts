import { configure } from '@testing-library/react';

// Parts that come after the first picture are fetched; how long that takes is the machine's affair, not the test's.
configure({ asyncUtilTimeout: 20_000 });
