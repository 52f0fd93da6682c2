import { z } from 'zod';

/** Desk refuses a longer MsgBody with 80002 (trtc.io/34348). */
export const MAX_BODY_BYTES = 12 * 1024;

const elementOf = <Type extends string, Content extends z.ZodTypeAny>(
	type: Type,
	content: Content,
) => z.object({ MsgType: z.literal(type), MsgContent: content }).strict();

const anyContent = z.record(z.unknown());

const name = z.string().min(1);
const size = z.number().int().min(0).optional();
const pixels = z.number().int().min(1);

/** Only Type, URL, Width and Height are what a REST sender must fill. */
const imageInfo = z
	.object({
		Type: z.union([z.literal(1), z.literal(2), z.literal(3)]),
		Size: size,
		Width: pixels,
		Height: pixels,
		URL: z.string().url(),
	})
	.strict();

const image = z
	.object({
		UUID: name,
		ImageFormat: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(255)]),
		ImageInfoArray: z.array(imageInfo).min(1).max(3),
	})
	.strict();

const file = z
	.object({
		Url: z.string().url(),
		UUID: name,
		FileSize: size,
		FileName: z.string().optional(),
		Download_Flag: z.literal(2),
	})
	.strict();

/** Src "22" of 679/116635; which of the four are required is not said. */
const card = z
	.object({
		customerServicePlugin: z.literal(0),
		src: z.literal('22'),
		content: z
			.object({ header: z.string(), desc: z.string(), pic: z.string(), url: z.string() })
			.partial()
			.strict(),
	})
	.strict();

const jsonOf = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** Data of a custom element is anybody's own; what calls itself a card has to be one. */
const isCardOrOther = (data: string): boolean => {
	const read = z.object({ src: z.coerce.string().pipe(z.literal('22')) }).safeParse(jsonOf(data));
	return !read.success || card.safeParse(jsonOf(data)).success;
};

/** The elements a message may have, 1047/33527. Those that the node writes are read closely. */
export const messageBody = z
	.array(
		z.discriminatedUnion('MsgType', [
			elementOf('TIMTextElem', z.object({ Text: z.string() }).strict()),
			elementOf('TIMCustomElem', z.object({ Data: z.string().refine(isCardOrOther) })),
			elementOf('TIMLocationElem', anyContent),
			elementOf('TIMFaceElem', anyContent),
			elementOf('TIMSoundElem', anyContent),
			elementOf('TIMImageElem', image),
			elementOf('TIMFileElem', file),
			elementOf('TIMVideoFileElem', anyContent),
		]),
	)
	.min(1)
	.refine((body) => body.filter(({ MsgType }) => MsgType === 'TIMCustomElem').length <= 1);
