/** The names that the lab's text gives. */
export const REPOSITORY = 'my-lab-repo';
export const REGION = 'ap-northeast-2';
