import { useState } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useAction } from '@/lib/useAction';
import type { TwilioSettings } from './twilioModel';
import { deleteTwilioSettings } from './twilioRepository';
import { setTwilio } from './twilioStore';

/** Cannot be undone (the secrets are gone), so the account is named before it goes. */
export function DisconnectTwilio({ settings }: { settings: TwilioSettings }) {
  const [open, setOpen] = useState(false);
  const action = useAction();
  const name = `account ••••${settings.accountSidLast4}`;
  const disconnect = () =>
    void action.run(async () => {
      await deleteTwilioSettings();
      setTwilio(null);
    });
  return (
    <>
      <Button
        variant="quiet"
        className="text-destructive hover:text-destructive"
        onClick={() => setOpen(true)}
      >
        Disconnect
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Disconnect Twilio ${name}?`}
        description="No text goes out or comes in until an account is connected again. Conversations stay. To come back you need the account SID and the auth token."
      >
        <FailureNotice failure={action.failure} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="outline" onClick={() => setOpen(false)}>
            Keep it
          </Button>
          <Button variant="destructive" busy={action.busy} onClick={disconnect}>
            Disconnect {name}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
