"""Runs the server of moto with what it lacks of the model registry, as the API reference of SageMaker has it.

AWS cannot be asked by a test, so this is our reading of its documentation, and no proof of what AWS does.
"""

from collections import defaultdict

from moto.core.responses import ActionResult
from moto.sagemaker.exceptions import AWSValidationException
from moto.sagemaker.models import SageMakerModelBackend
from moto.sagemaker.responses import SageMakerResponse
from moto.server import main

backend = SageMakerModelBackend
originals = {
    name: getattr(backend, name)
    for name in ("create_model_package_group", "create_model_package")
}
versions_given = defaultdict(int)


def create_model_package_group(self, model_package_group_name, *args, **named):
    """A name is taken once."""
    taken = self.model_package_groups.get(model_package_group_name)
    if taken is not None:
        raise AWSValidationException(f"Model Package Group already exists: {taken.arn}")
    return originals["create_model_package_group"](self, model_package_group_name, *args, **named)


def create_model_package(self, **named):
    """A number is given once, also when the version that had it was deleted; a version has no tags of its own."""
    group = named["model_package_group_name"]
    if group and named["tags"]:
        raise AWSValidationException("You cannot supply a tag argument for a versioned model package.")
    arn = originals["create_model_package"](self, **named)
    if not group:
        return arn
    versions_given[group] += 1
    package = self.model_packages.pop(arn)
    package.model_package_version = versions_given[group]
    package.arn = f"{arn.rsplit('/', 1)[0]}/{versions_given[group]}"
    self.model_packages[package.arn] = package
    self.model_package_name_mapping[package.arn] = package.arn
    return package.arn


def update_model_package(
    self,
    model_package_arn,
    model_approval_status,
    approval_description,
    customer_metadata_properties,
    customer_metadata_properties_to_remove,
    additional_inference_specifications_to_add,
):
    """What is left out stays as it is."""
    package = self.describe_model_package(model_package_arn)
    if model_approval_status is not None:
        package.set_model_approval_status(model_approval_status)
    if approval_description is not None:
        package.approval_description = approval_description
    properties = {**(package.customer_metadata_properties or {}), **(customer_metadata_properties or {})}
    for key in customer_metadata_properties_to_remove or []:
        properties.pop(key, None)
    package.customer_metadata_properties = properties
    package.modifications_done()
    return package.arn


def add_tags(self, arn, tags):
    """A key is there once."""
    resource = self._get_resource_from_arn(arn)
    merged = {tag["Key"]: tag for tag in [*resource.tags, *tags]}
    resource.tags = list(merged.values())
    return resource.tags


def delete_model_package(self):
    package = self.sagemaker_backend.describe_model_package(self._get_param("ModelPackageName"))
    del self.sagemaker_backend.model_packages[package.arn]
    return ActionResult({})


def delete_model_package_group(self):
    """Empty groups only."""
    moto = self.sagemaker_backend
    group = moto.describe_model_package_group(self._get_param("ModelPackageGroupName"))
    name = group.model_package_group_name
    if any(package.model_package_group_name == name for package in moto.model_packages.values()):
        raise AWSValidationException(f"Model Package Group {group.arn} has model packages.")
    del moto.model_package_groups[name]
    return ActionResult({})


for completed in (create_model_package_group, create_model_package, update_model_package, add_tags):
    setattr(backend, completed.__name__, completed)
for added in (delete_model_package, delete_model_package_group):
    setattr(SageMakerResponse, added.__name__, added)

main()
