/** Whether this build is the one file that `dateline report` fills in. */
declare const __REPORT__: boolean;
