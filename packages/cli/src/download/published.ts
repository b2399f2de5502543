/** A checkpoint that `pull` can fetch; the hash pins its content, whatever the server says. */
export interface PublishedModel {
  readonly name: string;
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly file: string;
}

/** The released FaceXFormer weights, as three independent repositories pin them. */
export const PUBLISHED: readonly PublishedModel[] = [
  {
    name: 'facexformer-official',
    url: 'https://huggingface.co/kartiknarayan/facexformer/resolve/main/ckpts/model.pt',
    sha256: '327a755849ba64d336fb96589ff87b27e84a12be1ecf8bcfaa503d66f803286d',
    bytes: 1_104_869_851,
    file: 'facexformer-official.pt',
  },
];
