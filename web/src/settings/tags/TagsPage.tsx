import { FieldSection } from './FieldSection';
import { TagSection } from './TagSection';

/** The company's own words for its contacts. */
export function TagsPage() {
  return (
    <>
      <TagSection />
      <FieldSection />
    </>
  );
}
