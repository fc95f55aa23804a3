import {
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { REGISTRAR_ACTIONS } from '../../../infra/constructs/operators.ts';
import { importPeople } from '../../../operations/people/import-people.ts';
import { readPeopleCsv } from '../../../operations/people/read-people-csv.ts';
import { UserPool } from '../../../operations/people/user-pool.ts';
import { toCp932 } from '../../../shared/text/csv.ts';

const HEADER = '氏名,メール,役割,事業所番号,市,圏域';
const list = (...rows: string[]) => readPeopleCsv(Buffer.from([HEADER, ...rows].join('\r\n')));
const OFFICE = '事業 所子,office@example.jp,事業所,0870100013,,';
const HOKATSU = '包括 太郎,hokatsu@example.jp,包括,,水戸市,東部、西部';
const OPERATOR = '運用 花子,ops@example.jp,運用,,,';

/** A user pool in memory, with what was called. */
class MemoryPool {
  readonly calls: string[] = [];
  readonly users = new Map<
    string,
    { enabled: boolean; groups: Set<string>; attributes: Map<string, string> }
  >();

  async send(command: { constructor: { name: string }; input: object }): Promise<object> {
    const { name } = command.constructor;
    const input = command.input as {
      Username: string;
      GroupName: string;
      UserAttributes?: { Name: string; Value: string }[];
    };
    const action = name.replace(/Command$/, '');
    this.calls.push(action);
    if (action === 'ListUsers')
      return {
        Users: [...this.users].map(([Username, { enabled, attributes }]) => ({
          Username,
          Enabled: enabled,
          Attributes: [...attributes].map(([Name, Value]) => ({ Name, Value })),
        })),
      };
    if (action === 'AdminCreateUser')
      this.users.set(input.Username, { enabled: true, groups: new Set(), attributes: new Map() });
    const user = this.users.get(input.Username);
    if (!user) throw new UserNotFoundException({ message: 'none', $metadata: {} });
    for (const { Name, Value } of input.UserAttributes ?? []) user.attributes.set(Name, Value);
    if (action === 'AdminAddUserToGroup') user.groups.add(input.GroupName);
    if (action === 'AdminRemoveUserFromGroup') user.groups.delete(input.GroupName);
    if (action === 'AdminDisableUser') user.enabled = false;
    if (action === 'AdminEnableUser') user.enabled = true;
    return { Groups: [...user.groups].map((GroupName) => ({ GroupName })) };
  }
}

function poolOf(memory: MemoryPool): UserPool {
  const client = new CognitoIdentityProviderClient({ region: 'ap-northeast-1' });
  client.send = memory.send.bind(memory) as never;
  return new UserPool(client, 'pool');
}

describe('a list of people', () => {
  it('invites whom it names, with role, office, city and areas', async () => {
    const memory = new MemoryPool();
    const plan = await importPeople(poolOf(memory), list(OFFICE, HOKATSU, OPERATOR));
    expect(plan).toMatchObject({ change: [], leave: [], unchanged: 0 });
    const hokatsu = memory.users.get('hokatsu@example.jp')!;
    expect([...hokatsu.groups]).toEqual(['hokatsu']);
    expect(Object.fromEntries(hokatsu.attributes)).toMatchObject({
      email: 'hokatsu@example.jp',
      'custom:city': 'mito',
      'custom:areas': '東部 西部',
      'custom:office': '',
    });
  });

  it('imported again changes nothing', async () => {
    const memory = new MemoryPool();
    await importPeople(poolOf(memory), list(OFFICE, OPERATOR));
    memory.calls.length = 0;
    expect((await importPeople(poolOf(memory), list(OFFICE, OPERATOR))).unchanged).toBe(2);
    expect(new Set(memory.calls)).toEqual(new Set(['ListUsers', 'AdminListGroupsForUser']));
  });

  it('takes the old rights away where a person changes, and ends what is signed in', async () => {
    const memory = new MemoryPool();
    await importPeople(poolOf(memory), list('事業 所子,x@example.jp,包括,,水戸市,東部', OPERATOR));
    memory.calls.length = 0;
    await importPeople(poolOf(memory), list('事業 所子,x@example.jp,事業所,0870100013,,', OPERATOR));
    const { groups, attributes } = memory.users.get('x@example.jp')!;
    expect([...groups]).toEqual(['office']);
    expect([attributes.get('custom:office'), attributes.get('custom:areas')]).toEqual(['0870100013', '']);
    expect(memory.calls).toContain('AdminUserGlobalSignOut');
  });

  it('stops whom it no longer names, and lets them back when it does', async () => {
    const memory = new MemoryPool();
    await importPeople(poolOf(memory), list(OFFICE, OPERATOR));
    await importPeople(poolOf(memory), list(OPERATOR));
    expect(memory.users.get('office@example.jp')!.enabled).toBe(false);
    const plan = await importPeople(poolOf(memory), list(OFFICE, OPERATOR));
    expect([plan.invite.length, plan.change.length]).toEqual([0, 1]);
    expect(memory.users.get('office@example.jp')!.enabled).toBe(true);
  });

  it('needs the rights of the Registrar, every one of them and no other', async () => {
    const memory = new MemoryPool();
    await importPeople(poolOf(memory), list('事業 所子,x@example.jp,包括,,水戸市,東部', OFFICE, OPERATOR));
    await importPeople(poolOf(memory), list('事業 所子,x@example.jp,事業所,0870100013,,', OPERATOR));
    await importPeople(poolOf(memory), list(OFFICE, OPERATOR));
    await poolOf(memory).resetFactor('ops@example.jp');
    expect([...new Set(memory.calls)].sort()).toEqual([...REGISTRAR_ACTIONS].sort());
  });

  it('without an operator is refused: no one could change it again', async () => {
    await expect(importPeople(poolOf(new MemoryPool()), list(OFFICE))).rejects.toThrow(
      '「運用」の人がいません',
    );
  });

  it('lets a lost second factor be registered anew', async () => {
    const memory = new MemoryPool();
    await importPeople(poolOf(memory), list(OPERATOR));
    expect(await poolOf(memory).resetFactor('ops@example.jp')).toBe(true);
    expect(memory.calls.slice(-2)).toEqual(['AdminSetUserMFAPreference', 'AdminUserGlobalSignOut']);
    expect(await poolOf(memory).resetFactor('none@example.jp')).toBe(false);
  });
});

describe('a list as a spreadsheet saves it', () => {
  it('is read in Shift_JIS and with any order of columns', () => {
    const text = '役割,メール,氏名\n運用,OPS@example.jp,運用 花子\n';
    expect(readPeopleCsv(toCp932(text))).toEqual([
      { role: 'operator', mail: 'ops@example.jp', name: '運用 花子' },
    ]);
  });

  it.each([
    ['事業 所子,office@example.jp,事業所,870100013,,', '2行目: 事業所番号がないか、正しくありません。10桁'],
    ['事業 所子,office@example.jp,事業者,0870100013,,', '2行目: 役割は 事業所、包括'],
    ['包括 太郎,a@example.jp,包括,,どこか市,東部', '2行目: 市がないか、正しくありません'],
    ['包括 太郎,a@example.jp,包括,,水戸市,', '2行目: 圏域がないか、正しくありません'],
    ['市 次郎,a@example.jp,市,0870100013,水戸市,', '2行目: この役割では 事業所番号 を空に'],
    ['事業 所子,office,事業所,0870100013,,', '2行目: メールがないか、正しくありません'],
    [`${OPERATOR}\r\n${OPERATOR}`, '二度書かれています'],
  ])('is refused with the row and the remedy: %s', (row, sentence) => {
    expect(() => list(row)).toThrow(sentence);
  });

  it('is refused without its titles', () => {
    expect(() => readPeopleCsv(Buffer.from('a,b\n1,2\n'))).toThrow('見出し「氏名」「メール」「役割」');
  });
});
