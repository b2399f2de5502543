/**
 * The checkpoints that `pull` can fetch: the released FaceXFormer weights, as three independent repositories pin them. The
 * hash pins the content, whatever the server says.
 */
export const PUBLISHED = [
  {
    name: 'facexformer-official',
    url: 'https://huggingface.co/kartiknarayan/facexformer/resolve/main/ckpts/model.pt',
    sha256: '327a755849ba64d336fb96589ff87b27e84a12be1ecf8bcfaa503d66f803286d',
    bytes: 1_104_869_851,
    file: 'facexformer-official.pt',
  },
] as const;
