import type { Center, City, Office, Service, Story } from './model.ts';
import { insurerNumber, officeNumber } from './numbers.ts';

/** Cities are real, their people, offices and places are invented: 見本区, 見本町 and 例示町 exist in none of them. */
const city = (key: City['key'], name: string, municipality: string): City => ({
  key,
  name,
  insurer: insurerNumber(municipality),
});
export const CITIES = {
  iwaki: city('iwaki', 'いわき市', '07204'),
  mito: city('mito', '水戸市', '08201'),
  okayama: city('okayama', '岡山市', '33100'),
  nobeoka: city('nobeoka', '延岡市', '45203'),
  kumamoto: city('kumamoto', '熊本市', '43100'),
};

interface Area {
  key: string;
  name: string;
  center: Center;
  addresses: string[];
  postal: string;
}

const PREFECTURE: Record<City['key'], string> = {
  iwaki: '07',
  mito: '08',
  okayama: '33',
  nobeoka: '45',
  kumamoto: '43',
};

function center(city: City, serial: number, name: string, place: string, staff: string): Center {
  return {
    city,
    number: officeNumber(PREFECTURE[city.key], '0', '01', serial),
    name,
    postal: '000-0000',
    address: `${city.name}${place}1番地の1`,
    phone: `0000-00-01${String(serial).padStart(2, '0')}`,
    staff,
  };
}

const area = (serial: number, name: string, by: Center, place: string): Area => ({
  key: `area-${serial}`,
  name,
  center: by,
  addresses: [`${by.city.name}${place}`],
  postal: `000-00${String(serial).padStart(2, '0')}`,
});

const C = CITIES;
export const CENTERS = {
  iwaki1: center(C.iwaki, 1, 'いわき見本地域包括支援センター', '見本区一丁目', '包括 一郎'),
  iwaki2: center(C.iwaki, 2, 'いわき例示地域包括支援センター', '例示区一丁目', '包括 二子'),
  mito1: center(C.mito, 1, '水戸見本地域包括支援センター', '見本町一丁目', '包括 三郎'),
  mito2: center(C.mito, 2, '水戸例示地域包括支援センター', '例示町一丁目', '包括 四子'),
  okayama1: center(C.okayama, 1, '岡山見本地域包括支援センター', '見本区見本一丁目', '包括 五郎'),
  okayama2: center(C.okayama, 2, '岡山例示地域包括支援センター', '例示区例示一丁目', '包括 六子'),
  nobeoka1: center(C.nobeoka, 1, '延岡見本地域包括支援センター', '見本町一丁目', '包括 七郎'),
  nobeoka2: center(C.nobeoka, 2, '延岡例示地域包括支援センター', '例示町一丁目', '包括 八子'),
  kumamoto1: center(C.kumamoto, 1, 'ささえりあ見本', '見本区一丁目', '包括 九郎'),
  kumamoto2: center(C.kumamoto, 2, 'ささえりあ例示', '例示区一丁目', '包括 十子'),
};

export const AREAS: Record<City['key'], Area[]> = {
  iwaki: [area(1, '見本圏域', CENTERS.iwaki1, '見本区'), area(2, '例示圏域', CENTERS.iwaki2, '例示区')],
  mito: [area(1, '見本圏域', CENTERS.mito1, '見本町'), area(2, '例示圏域', CENTERS.mito2, '例示町')],
  okayama: [
    area(1, '見本圏域', CENTERS.okayama1, '見本区見本'),
    area(2, '例示圏域', CENTERS.okayama2, '例示区例示'),
  ],
  nobeoka: [area(1, '見本圏域', CENTERS.nobeoka1, '見本町'), area(2, '例示圏域', CENTERS.nobeoka2, '例示町')],
  kumamoto: [
    area(1, '第一圏域', CENTERS.kumamoto1, '見本区'),
    area(2, '第二圏域', CENTERS.kumamoto2, '例示区'),
  ],
};

function office(city: City, serial: number, name: string, place: string, careManager: string): Office {
  return {
    number: officeNumber(PREFECTURE[city.key], '7', '01', serial),
    name,
    postal: '000-0000',
    address: `${city.name}${place}2番地の${serial}`,
    phone: `0000-00-07${String(serial).padStart(2, '0')}`,
    careManager,
  };
}

export const OFFICES = {
  iwakiDesignated: office(C.iwaki, 1, 'いわき見本居宅介護支援事業所', '見本区二丁目', '計画 花子'),
  iwakiCommissioned: office(C.iwaki, 2, 'いわき受託居宅介護支援事業所', '例示区二丁目', '計画 次郎'),
  mitoDesignated: office(C.mito, 1, '水戸見本居宅介護支援事業所', '見本町二丁目', '計画 三枝'),
  okayamaDesignated: office(C.okayama, 1, '岡山見本居宅介護支援事業所', '見本区見本二丁目', '計画 四郎'),
  nobeokaCommissioned: office(C.nobeoka, 1, '延岡受託居宅介護支援事業所', '見本町二丁目', '計画 五月'),
  kumamotoDesignated: office(C.kumamoto, 1, '熊本見本居宅介護支援事業所', '見本区二丁目', '計画 六助'),
};

export interface OfficeRegistration {
  office: Office;
  kyotakuFrom: string;
  /** null: not designated as 指定介護予防支援事業者 */
  yoboShienFrom: string | null;
  commissions: { center: Center; kinds: string[] }[];
  isShunin: boolean;
  careManagers: number;
}

const registration = (
  o: Office,
  yoboShienFrom: string | null,
  commissions: OfficeRegistration['commissions'],
): OfficeRegistration => ({
  office: o,
  kyotakuFrom: '2018-04-01',
  yoboShienFrom,
  commissions,
  isShunin: true,
  careManagers: yoboShienFrom ? 3 : 1,
});

export const REGISTRATIONS: Record<City['key'], OfficeRegistration[]> = {
  iwaki: [
    registration(OFFICES.iwakiDesignated, '2024-04-01', [
      { center: CENTERS.iwaki1, kinds: ['yobo_cm', 'yobo_shien'] },
      { center: CENTERS.iwaki2, kinds: ['yobo_cm'] },
    ]),
    registration(OFFICES.iwakiCommissioned, null, [
      { center: CENTERS.iwaki2, kinds: ['yobo_cm', 'yobo_shien'] },
    ]),
  ],
  mito: [
    registration(OFFICES.mitoDesignated, '2024-04-01', [
      { center: CENTERS.mito1, kinds: ['yobo_cm'] },
      { center: CENTERS.mito2, kinds: ['yobo_cm'] },
    ]),
  ],
  okayama: [registration(OFFICES.okayamaDesignated, '2024-04-01', [])],
  nobeoka: [
    registration(OFFICES.nobeokaCommissioned, null, [{ center: CENTERS.nobeoka1, kinds: ['yobo_cm'] }]),
  ],
  kumamoto: [
    registration(OFFICES.kumamotoDesignated, '2024-04-01', [
      { center: CENTERS.kumamoto1, kinds: ['yobo_cm'] },
      { center: CENTERS.kumamoto2, kinds: ['yobo_cm'] },
    ]),
  ],
};

/** Providers of a city's services, with numbers of the right 区分. */
const provider = (of: City, kind: '6' | '7' | 'A', serial: number, name: string) => ({
  number: officeNumber(PREFECTURE[of.key], kind, '02', serial),
  name: `${of.name}${name}`,
});

/** Services by their name in a plan. Item codes and units represent their kind only; import the official table. */
export const SERVICES = {
  visitHelp: (of: City, name = '訪問型サービス'): Service => ({
    kind: 'A2',
    code: 'A21111',
    name,
    class: 'sogo',
    provider: provider(of, 'A', 1, '見本ヘルパーステーション'),
    weekday: 2,
    start: '10:00',
    end: '10:45',
    units: 1176,
    monthly: true,
    content: '掃除・買物を一緒に行う（生活援助）',
  }),
  dayService: (of: City): Service => ({
    kind: 'A6',
    code: 'A61111',
    name: '通所型サービス',
    class: 'sogo',
    provider: provider(of, 'A', 2, '見本デイサービスセンター'),
    weekday: 4,
    start: '09:30',
    end: '16:00',
    units: 1798,
    monthly: true,
    content: '体操、入浴、交流',
  }),
  nursing: (of: City): Service => ({
    kind: '63',
    code: '631111',
    name: '介護予防訪問看護',
    class: 'yobo_kyufu',
    provider: provider(of, '6', 3, '見本訪問看護ステーション'),
    weekday: 5,
    start: '14:00',
    end: '14:29',
    units: 451,
    monthly: false,
    content: '健康状態の観察、服薬の確認',
  }),
  dayRehab: (of: City): Service => ({
    kind: '66',
    code: '661121',
    name: '介護予防通所リハビリテーション',
    class: 'yobo_kyufu',
    provider: provider(of, '7', 4, '見本通所リハビリテーション'),
    weekday: 3,
    start: '10:00',
    end: '12:00',
    units: 2268,
    monthly: true,
    content: '下肢筋力の訓練、歩行練習',
  }),
  rental: (of: City): Service => ({
    kind: '67',
    code: '671007',
    name: '介護予防福祉用具貸与',
    class: 'yobo_kyufu',
    provider: provider(of, '7', 5, '見本福祉用具'),
    weekday: 1,
    start: '99:99',
    end: '99:99',
    units: 300,
    monthly: true,
    content: '手すり（据置型）',
    tais: '00001-000010',
  }),
  kayoinoba: (of: City): Service => ({
    kind: null,
    code: null,
    name: '地域の通いの場',
    class: 'shitei_igai',
    provider: { number: '', name: `${of.name}見本町通いの場（住民主体）` },
    weekday: 3,
    start: '10:00',
    end: '11:30',
    units: 0,
    monthly: false,
    content: 'いきいき百歳体操、茶話会',
  }),
};

const illness = [
  {
    since: '平成28年5月',
    name: '変形性膝関節症',
    doctor: '見本整形外科 例示 太郎',
    treatment: '月1回受診、湿布薬',
  },
  { since: '平成22年9月', name: '高血圧症', doctor: '見本内科医院 例示 次郎', treatment: '内服治療中' },
];

/** Two life situations for the texts of plans. */
export const STORIES: Record<'knee' | 'shutIn', Story> = {
  knee: {
    life: '見本町に生まれ、洋裁の仕事を定年まで続けた。夫の死後は一人暮らし。',
    now: '家事は休みながら自分で行う。膝の痛みで重い物の買物が難しい。',
    hobby: '編み物、花の手入れ',
    friends: '隣家の友人と週に一度お茶を飲む。',
    illness,
    goalDay: '毎朝、近所を15分歩く。',
    goalYear: '友人と電車で植物園へ出かける。',
    domains: [
      {
        state: '室内は伝い歩き。屋外は杖を使い10分ほどで休む。',
        wish: '膝を悪くせずに歩き続けたい。',
        problem: '膝の痛みから歩く機会が減り、下肢の筋力が落ちている。',
      },
      {
        state: '掃除機かけと重い物の買物が難しい。',
        wish: 'できることは自分で続けたい。',
        problem: '立ち仕事が続かず、家事に時間がかかる。',
      },
      {
        state: '外出は通院と隣家のみ。電話は毎日。',
        wish: '友人と出かけたい。',
        problem: '外出の機会が減っている。',
      },
      { state: '血圧は内服で安定している。', wish: '今の状態を保ちたい。', problem: null },
    ],
    problem: '膝の痛みと筋力の低下により、外出と家事の範囲が狭くなっている。',
    proposal: '体操と歩行の習慣をつくり、家事は負担の大きい部分だけ手伝いを受ける。',
    wish: '本人：手伝ってもらいながら自分で続けたい。家族：無理をせず過ごしてほしい。',
    goal: '3か月後に、休まず15分歩ける（期間：6か月）。',
    point: '痛みの強い日は無理をせず、できた日を記録する。',
    selfCare: '本人：毎朝の体操、血圧の記録。家族：週末に重い物を買う。',
    policy: '動かない時間を減らし、できている家事と近所づきあいを続ける。',
    health: '膝の腫れと血圧に注意する。',
  },
  shutIn: {
    life: '農業と家事に長く携わり、地区の役員も務めた。長男の家族と別棟で暮らす。',
    now: '日中は一人で過ごし、テレビを見る時間が長い。',
    hobby: '将棋、庭木の手入れ',
    friends: '以前は地区の集まりに出ていたが、この一年は休んでいる。',
    illness,
    goalDay: '週に一度は外で人と話す。',
    goalYear: '地区の集まりで将棋の世話役をする。',
    domains: [
      {
        state: '歩行は自立。階段は手すりを使う。',
        wish: '転ばずに歩きたい。',
        problem: '外に出ないため足腰の力が落ちてきた。',
      },
      { state: '身の回りのことは自分でできる。', wish: 'このまま続けたい。', problem: null },
      {
        state: 'この一年、地区の集まりに出ていない。',
        wish: '仲間ともう一度将棋を指したい。',
        problem: 'きっかけがなく、閉じこもりがちになっている。',
      },
      { state: '服薬は自分で管理している。', wish: '元気でいたい。', problem: null },
    ],
    problem: '閉じこもりがちで、体力と人との交わりが減っている。',
    proposal: '週に一度、歩いて行ける場所で体を動かし、人と話す機会をつくる。',
    wish: '本人：行ってみたい。家族：送り出したい。',
    goal: '6か月間、週一回の参加を続ける（期間：6か月）。',
    point: '最初の二回は誘い合わせて出かける。',
    selfCare: '本人：毎朝の体操と散歩。家族：出かける日の声かけ。',
    policy: '外出の習慣を取り戻し、役割を持って暮らす。',
    health: '夏場の水分に注意する。',
  },
};
