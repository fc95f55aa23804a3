import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  paginateListUsers,
  UserNotFoundException,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Person } from '../../shared/access/people.ts';
import { type Account, attributesOf } from './plan-people.ts';

/** The accounts of the deployed desk. */
export class UserPool {
  private readonly client: CognitoIdentityProviderClient;
  private readonly UserPoolId: string;

  constructor(client: CognitoIdentityProviderClient, userPoolId: string) {
    this.client = client;
    this.UserPoolId = userPoolId;
  }

  async accounts(): Promise<Account[]> {
    const accounts: Account[] = [];
    const pages = paginateListUsers({ client: this.client }, { UserPoolId: this.UserPoolId });
    for await (const { Users = [] } of pages)
      for (const user of Users) accounts.push(await this.accountOf(user));
    return accounts;
  }

  /** Creates the account; the user pool mails the invitation with a first password. */
  async invite(person: Person): Promise<void> {
    await this.client.send(
      new AdminCreateUserCommand({
        ...this.user(person.mail),
        UserAttributes: [
          { Name: 'email', Value: person.mail },
          { Name: 'email_verified', Value: 'true' },
          ...attributeList(person),
        ],
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    );
    await this.client.send(
      new AdminAddUserToGroupCommand({ ...this.user(person.mail), GroupName: person.role }),
    );
  }

  /** Gives the account the rights of the list. What was signed in with other rights is signed out. */
  async change(person: Person, { groups, active }: Account): Promise<void> {
    const user = this.user(person.mail);
    for (const GroupName of groups.filter((group) => group !== person.role))
      await this.client.send(new AdminRemoveUserFromGroupCommand({ ...user, GroupName }));
    await this.client.send(
      new AdminUpdateUserAttributesCommand({ ...user, UserAttributes: attributeList(person) }),
    );
    if (!groups.includes(person.role))
      await this.client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: person.role }));
    if (!active) await this.client.send(new AdminEnableUserCommand(user));
    await this.client.send(new AdminUserGlobalSignOutCommand(user));
  }

  /** Ends every sign-in of the account and allows no other. The account stays: the audit trail names it. */
  async deactivate(mail: string): Promise<void> {
    await this.client.send(new AdminDisableUserCommand(this.user(mail)));
    await this.client.send(new AdminUserGlobalSignOutCommand(this.user(mail)));
  }

  /** Forgets the second factor: the next sign-in asks for a new one. False: no such account. */
  async resetFactor(mail: string): Promise<boolean> {
    try {
      await this.client.send(
        new AdminSetUserMFAPreferenceCommand({
          ...this.user(mail),
          SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false },
        }),
      );
      await this.client.send(new AdminUserGlobalSignOutCommand(this.user(mail)));
      return true;
    } catch (error) {
      if (error instanceof UserNotFoundException) return false;
      throw error;
    }
  }

  private async accountOf({ Username, Attributes = [], Enabled = true }: UserType): Promise<Account> {
    const { Groups = [] } = await this.client.send(
      new AdminListGroupsForUserCommand({ UserPoolId: this.UserPoolId, Username }),
    );
    const attributes = Object.fromEntries(Attributes.map(({ Name, Value }) => [Name!, Value ?? '']));
    return {
      mail: attributes.email ?? Username!,
      active: Enabled,
      groups: Groups.map(({ GroupName }) => GroupName!),
      attributes,
    };
  }

  private user(mail: string): { UserPoolId: string; Username: string } {
    return { UserPoolId: this.UserPoolId, Username: mail };
  }
}

const attributeList = (person: Person) =>
  Object.entries(attributesOf(person)).map(([Name, Value]) => ({ Name, Value }));
