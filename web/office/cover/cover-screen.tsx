import { useState } from 'react';
import { api } from '../../shared/api/api.ts';
import { useWords } from '../../shared/api/session.ts';
import { Screen } from '../../shared/frame/screen.tsx';
import { useUser } from '../../shared/sign-in/user.ts';
import { today } from '../../shared/text/dates.ts';
import { DateField } from '../../shared/ui/date-field.tsx';
import { SaveButton } from '../../shared/ui/save-button.tsx';
import { Select } from '../../shared/ui/select.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';

const FROM_PAPERS = 'papers';

/** 送付票: the sheet with a QR code that goes on top of each person's papers before they are scanned. */
export function CoverScreen() {
  const { cities, events } = useWords();
  const user = useUser();
  const [city, setCity] = useState(user.city ?? '');
  const [office, setOffice] = useState(user.office ?? '');
  const [month, setMonth] = useState(today().slice(0, 7));
  const [event, setEvent] = useState('');
  const [numbers, setNumbers] = useState('');
  const persons = numbers
    .normalize('NFKC')
    .split(/[\s,、]+/)
    .filter(Boolean);
  const covers = persons.map((insured_number) => ({
    city,
    office_number: office,
    insured_number,
    service_month: month,
    ...(event && { event }),
  }));
  return (
    <Screen title="送付票を作る">
      <p>
        スキャンする書類の一番上に置く用紙です。QRコードで、続けてスキャンした束をお一人ごとに分けます。氏名は載りません。
      </p>
      <div className="form">
        <Select
          label="市"
          options={Object.entries(cities).map(([value, label]) => ({ value, label }))}
          value={city || null}
          onChange={setCity}
        />
        <TextField label="事業所番号" hint="10桁" value={office} onChange={setOffice} isRequired />
        <TextField
          label="被保険者番号"
          hint="10桁。何人分かを一度に作るときは、改行か空白で区切ります"
          rows={4}
          value={numbers}
          onChange={setNumbers}
          isRequired
        />
        <DateField label="サービス提供月" unit="month" value={month} onChange={setMonth} />
        <Select
          label="提出の理由"
          options={[
            { value: FROM_PAPERS, label: '書類から読み取る' },
            ...Object.entries(events).map(([value, label]) => ({ value, label })),
          ]}
          value={event || FROM_PAPERS}
          onChange={(value) => setEvent(value === FROM_PAPERS ? '' : value)}
        />
      </div>
      <p>
        <SaveButton kind="main" request={() => api['cover-sheets'].$post({ json: { covers } })}>
          {`送付票のPDFを作る（${persons.length}枚）`}
        </SaveButton>
      </p>
    </Screen>
  );
}
